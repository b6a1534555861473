package io.clusterrecovery.testkit;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A host of the lab: real systemd as process 1, sshd, a user {@code core} that may use sudo, an
 * address and an SSH host key of its own.
 *
 * <p>Calls on one host must not overlap; different hosts may be used by different threads.
 */
public final class LabHost {
  private static final Duration BOOT_LIMIT = Duration.ofMinutes(2);
  private static final Duration COMMAND_LIMIT = Duration.ofMinutes(5);
  static final String HOST_KEY = "/etc/ssh/ssh_host_ed25519_key";

  /** Whatever is meant for a host must not run on the machine, should a number be reused. */
  static final List<String> GUARD =
      List.of("/bin/sh", "-c", "test -e /etc/lab-host || exit 97; exec \"$@\"", "lab-guard");

  private final String name;
  private final String address;
  private final String link;
  private final HostFolder folder;
  private final Container container;
  private final LabNetwork network;
  private final HostSetup setup;

  LabHost(HostSetup setup, HostFolder folder, Cgroups cgroups, LabNetwork network) {
    this.setup = setup;
    this.name = setup.name();
    this.address = setup.address();
    this.folder = folder;
    this.network = network;
    this.container = new Container(setup.labId(), name, folder, cgroups);
    this.link = network.connect(name, address);
  }

  /** {@return its host name, which is also the name of its Kubernetes node} */
  public String name() {
    return name;
  }

  /** {@return its IPv4 address in the lab's network} */
  public String address() {
    return address;
  }

  /** {@return whether its process 1 is there} */
  public boolean isRunning() {
    return container.isRunning();
  }

  /**
   * Boots the host and waits until it takes SSH connections; a host that runs already is left as it
   * is. What an earlier boot wrote to its disk is there again.
   *
   * @throws LabException if it takes no SSH connections within 120 seconds
   */
  public void boot() {
    if (isRunning()) {
      return;
    }
    folder.mount(setup.layers());
    plugCable();
    ProcessId leader = container.boot(network.file(name), setup.options(folder), setup.pods());
    if (!Await.holds(BOOT_LIMIT, () -> takesLogins(leader))) {
      throw new LabException(
          "%s takes no SSH connections within %d s; its console ends with: %s"
              .formatted(name, BOOT_LIMIT.toSeconds(), folder.lastWords()));
    }
  }

  /**
   * Cuts the power: all processes are killed at once, the network falls silent, the disk stays.
   * Returns when no process is left; a host that is off is left as it is.
   */
  public void powerOff() {
    pullCable();
    container.kill();
  }

  /**
   * Erases the disk of a host that is off. When booted again it is as freshly set up: its name,
   * address and keys are those it was made with, all else is gone.
   *
   * @throws IllegalStateException if the host runs
   */
  public void wipe() {
    if (isRunning()) {
      throw new IllegalStateException(name + " runs; power it off before erasing its disk");
    }
    folder.empty();
  }

  /**
   * Makes that go wrong with this running host, and returns when it does.
   *
   * @param fault what, such as {@code Fault.NETWORK_CUT}
   * @return what mends it
   * @throws IllegalStateException if the host is off
   * @throws LabException if it cannot be done here, as with etcd where none runs
   */
  public InjectedFault inject(Fault fault) {
    return InjectedFault.of(fault, this);
  }

  /**
   * Runs a command inside as root, without SSH, for up to 5 minutes.
   *
   * @param argv program and arguments
   * @return its exit status and output
   * @throws IllegalStateException if the host is off
   */
  public Ran run(String... argv) {
    return run(COMMAND_LIMIT, argv);
  }

  Ran run(Duration limit, String... argv) {
    return enter(limit, new byte[0], List.of(argv));
  }

  /**
   * Runs a shell script inside as root, handed over by standard input, for up to 5 minutes.
   *
   * @param script text for {@code /bin/sh}
   * @return its exit status and output
   * @throws IllegalStateException if the host is off
   */
  public Ran script(String script) {
    Objects.requireNonNull(script, "script");
    return enter(COMMAND_LIMIT, script.getBytes(StandardCharsets.UTF_8), List.of("/bin/sh", "-s"));
  }

  /**
   * Gives what runs a program inside as a user, in that user's home, as if logged in.
   *
   * @return arguments that program and arguments come after
   * @throws IllegalStateException if the host is off
   */
  public List<String> inside(String user) {
    String become =
        "home=$(getent passwd \"$1\" | cut -d: -f6) && cd \"$home\" && user=$1 && shift && exec"
            + " setpriv --reuid \"$user\" --regid \"$user\" --init-groups env -i HOME=\"$home\""
            + " USER=\"$user\" LOGNAME=\"$user\" SHELL=/bin/sh"
            + " PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin \"$@\"";
    List<String> all = new ArrayList<>(entry());
    all.addAll(List.of("/bin/sh", "-c", become, "lab-user", user));
    return all;
  }

  /**
   * Writes a file inside as root, its folder too where that is missing.
   *
   * @param path absolute path in the host
   * @param bytes all of its content
   * @param mode permissions as {@code chmod} takes them, such as {@code "0600"}
   * @throws IllegalStateException if the host is off
   */
  public void write(String path, byte[] bytes, String mode) {
    Objects.requireNonNull(bytes, "bytes");
    String shell =
        "umask 077 && mkdir -p -m 755 \"$(dirname \"$1\")\" && cat >\"$1\" && chmod \"$2\" \"$1\"";
    enter(COMMAND_LIMIT, bytes, List.of("/bin/sh", "-c", shell, "lab-write", path, mode)).orThrow();
  }

  /** {@return the fingerprint of the SSH host key it was made with, as {@code SHA256:...}} */
  public String hostKeyFingerprint() {
    return SshAccess.fingerprint(hostKey());
  }

  /**
   * Gives a running host another SSH host key until it is wiped, as if it were another machine; the
   * lab's known_hosts keeps the old one.
   *
   * @return fingerprint of the new key
   */
  public String newHostKey() {
    run("rm", "-f", HOST_KEY, HOST_KEY + ".pub").orThrow();
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", HOST_KEY).orThrow();
    run("systemctl", "restart", "ssh.service").orThrow();
    String listed = run("ssh-keygen", "-l", "-E", "sha256", "-f", HOST_KEY + ".pub").orThrow();
    return listed.split(" ", -1)[1];
  }

  /**
   * Makes a second way to this running host, slow and long.
   *
   * @param megabits how many of them go over in a second, each way
   * @param roundTrip how long there and back takes
   * @return the line, with the host's address on it
   * @throws LabException if it did not come up, as without {@code gcc}
   */
  public LabLine line(int megabits, Duration roundTrip) {
    return LabLine.between(network.file("lab"), network.file(name), megabits, roundTrip);
  }

  /**
   * Starts one more sshd that sees this running host, and listens on this JVM's loopback address.
   *
   * @return the sshd, which takes connections
   */
  public LoopbackSshd loopbackSshd() {
    return LoopbackSshd.start(this, leader().pid(), folder.console());
  }

  /** {@return name and address} */
  @Override
  public String toString() {
    return name + " (" + address + ")";
  }

  void pullCable() {
    network.unplug(link);
  }

  void plugCable() {
    network.plug(link);
  }

  Path hostKey() {
    return folder.seed().resolve(HOST_KEY.substring(1));
  }

  HostSetup setup() {
    return setup;
  }

  private Ran enter(Duration limit, byte[] stdin, List<String> argv) {
    List<String> inside = new ArrayList<>(entry());
    inside.addAll(argv);
    return Exec.run(limit, stdin, inside);
  }

  private List<String> entry() {
    List<String> inside =
        new ArrayList<>(List.of("nsenter", "--target", "" + leader().pid(), "--all", "--"));
    inside.addAll(GUARD);
    return inside;
  }

  private ProcessId leader() {
    return container.leader().orElseThrow(() -> new IllegalStateException(name + " is off"));
  }

  private boolean takesLogins(ProcessId leader) {
    if (!leader.isAlive()) {
      throw new LabException(
          "%s ended while booting; its console ends with: %s".formatted(name, folder.lastWords()));
    }
    return !Files.exists(Path.of("/proc/" + leader.pid() + "/root/run/nologin")) && answers(22);
  }

  /** Whether something accepts connections on that port of the host. */
  boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 1000);
      return true;
    } catch (java.io.IOException e) {
      return false;
    }
  }
}
