package io.clusterrecovery.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Something that goes wrong with a host of the lab, for real, by its name.
 *
 * <pre>{@code
 * try (InjectedFault full = host.inject(Fault.diskFull("/var/lib/cluster-recovery"))) {
 *   assertThatThrownBy(recovery::run)…
 * }
 * }</pre>
 *
 * <p>Where a fault is a blow and not a state, its description says that it passes by itself, and
 * mending it does nothing. Two faults at one folder are mended in reverse order.
 */
public final class Fault {

  /** The power is cut, as by {@link LabHost#powerOff()}; mended by booting it with its disk. */
  public static final Fault POWER_OFF = new Fault("power off", LabHost::powerOff, LabHost::boot);

  /** The cable is pulled: the host runs on, and whoever talks to it gets no answer at all. */
  public static final Fault NETWORK_CUT =
      new Fault("network cut", LabHost::pullCable, LabHost::plugCable);

  /** No SSH server listens: new connections are refused at once, those that are open go on. */
  public static final Fault SSHD_STOPPED =
      scripted("sshd stopped", "systemctl stop ssh", "systemctl start ssh");

  /** The open SSH connections of the user {@code core} break; passes by itself. */
  // Until none is left: a server that has just let somebody in forks once more.
  public static final Fault CONNECTIONS_CUT =
      scripted("connections cut", "while pkill -KILL -f '^sshd: core'; do :; done", "");

  /** etcd is killed; passes by itself, since systemd or the kubelet starts it again. */
  public static final Fault ETCD_KILLED = scripted("etcd killed", "pkill -KILL -x etcd", "");

  /** etcd stands still: its ports take connections, and nothing answers there. */
  public static final Fault ETCD_HUNG =
      scripted("etcd hung", "pkill -STOP -x etcd", "pkill -CONT -x etcd");

  /** etcd is killed now, and whenever it has come up; where it is a systemd unit. */
  public static final Fault ETCD_CRASHING =
      scripted(
          "etcd crashing",
          """
          mkdir -p /run/systemd/system/etcd.service.d
          printf '[Service]\\nExecStartPost=/bin/sh -c "kill -KILL $MAINPID"\\n' \
            >/run/systemd/system/etcd.service.d/lab-fault.conf
          systemctl daemon-reload
          pkill -KILL -x etcd || :
          """,
          "rm /run/systemd/system/etcd.service.d/lab-fault.conf; systemctl daemon-reload");

  /** The API server is killed; passes by itself, since its systemd unit starts it again. */
  public static final Fault API_SERVER_KILLED =
      scripted("API server killed", "systemctl kill -s KILL kube-apiserver", "");

  /** The host's resolver does not answer it; names in its {@code /etc/hosts} resolve. */
  public static final Fault RESOLVER_SILENT =
      new Fault(
          "resolver silent",
          host -> List.of("udp", "tcp").forEach(p -> run(host, "iptables -I" + queries(p))),
          host -> List.of("udp", "tcp").forEach(p -> run(host, "iptables -D" + queries(p))));

  private final String name;
  private final Consumer<LabHost> begin;
  private final Consumer<LabHost> end;

  private Fault(String name, Consumer<LabHost> begin, Consumer<LabHost> end) {
    this.name = name;
    this.begin = begin;
    this.end = end;
  }

  /**
   * {@return the fault that a port of the host gives no answer to anybody but the host itself}
   *
   * @param port such as 2379
   */
  public static Fault portSilent(int port) {
    String rule = " INPUT -i eth0 -p tcp --dport " + port + " -j DROP";
    return scripted("port " + port + " silent", "iptables -I" + rule, "iptables -D" + rule);
  }

  /**
   * {@return the fault that the disk below a folder is full; what is there can be read}
   *
   * @param folder absolute, as for {@link #diskAlmostFull}
   */
  public static Fault diskFull(String folder) {
    return disk("disk full at " + folder, folder, "0", ",nr_inodes=$inodes");
  }

  /**
   * {@return the fault that the disk below a folder has only so much room left}
   *
   * <p>A file system in memory with the folder's content is put over it, so it should not hold more
   * than some 100 MiB. Who had a file open there goes on with the one below; what is written while
   * the fault lasts is gone with it.
   *
   * @param folder absolute, made if it is missing
   * @param mebibytes how many are left, 1 or more
   */
  public static Fault diskAlmostFull(String folder, int mebibytes) {
    if (mebibytes < 1) {
      throw new IllegalArgumentException("less than 1 MiB: " + mebibytes);
    }
    String name = mebibytes + " MiB left at " + folder;
    return disk(name, folder, Integer.toString(mebibytes), "");
  }

  /**
   * {@return the fault that nothing below a folder can be written, as on a disk that the kernel has
   * taken the right from}
   *
   * @param folder absolute, made if it is missing
   */
  public static Fault readOnly(String folder) {
    return scripted(
        "read-only at " + folder,
        "mkdir -p \"$1\"; mount --bind \"$1\" \"$1\"; mount -o remount,bind,ro \"$1\"",
        "umount -l \"$1\"",
        folder);
  }

  // Of size 0 it would have no limit; with no inode left the one page is of no use.
  private static Fault disk(String name, String folder, String room, String inodes) {
    return scripted(
        name,
        """
        mkdir -p "$1"
        made=$(mktemp -d /run/lab-fault.XXXXXX)
        mount -t tmpfs none "$made"
        cp -a "$1/." "$made/"
        used=$(df -k --output=used "$made" | tail -n 1)
        inodes=$(df --output=iused "$made" | tail -n 1 | tr -d ' ')
        size=$((used + $2 * 1024))
        [ $size -gt 0 ] || size=4
        mount -o remount,size=${size}k%s "$made"
        mount --bind "$made" "$1"
        umount "$made"
        rmdir "$made"
        """
            .formatted(inodes),
        "umount -l \"$1\"",
        folder,
        room);
  }

  private static String queries(String protocol) {
    return " OUTPUT -p " + protocol + " --dport 53 -j DROP";
  }

  private static Fault scripted(String name, String begin, String end, String... arguments) {
    return new Fault(name, host -> run(host, begin, arguments), host -> run(host, end, arguments));
  }

  private static void run(LabHost host, String script, String... arguments) {
    List<String> argv = new ArrayList<>(List.of("sh", "-ec", script, "lab-fault"));
    argv.addAll(List.of(arguments));
    host.run(argv.toArray(String[]::new)).orThrow();
  }

  void begin(LabHost host) {
    begin.accept(host);
  }

  void end(LabHost host) {
    end.accept(host);
  }

  /** {@return what goes wrong, such as "etcd hung"} */
  @Override
  public String toString() {
    return name;
  }
}
