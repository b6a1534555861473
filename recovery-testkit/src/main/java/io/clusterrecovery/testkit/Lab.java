package io.clusterrecovery.testkit;

import java.nio.file.Path;
import java.util.List;

/**
 * A lab on this machine: hosts that boot a real systemd, in a network of their own.
 *
 * <p>It needs Linux, root, and a JVM in a network namespace of its own. All that it makes lies in
 * one folder, from which {@link #stop(String)} takes it down, also after a crash.
 *
 * <p>Safe for use by several threads.
 */
public final class Lab implements AutoCloseable {
  private final LabFrame frame;
  private final LabHosts hosts;
  private final boolean keep;

  Lab(LabFrame frame, LabHosts hosts, boolean keep) {
    this.frame = frame;
    this.hosts = hosts;
    this.keep = keep;
  }

  /** {@return a builder with the defaults it documents} */
  public static LabBuilder builder() {
    return new LabBuilder();
  }

  /** {@return the name by which {@link #stop(String)} finds it} */
  public String id() {
    return frame.id();
  }

  /** {@return the folder of everything that belongs to it} */
  public Path directory() {
    return frame.directory();
  }

  /**
   * Returns a host by its name.
   *
   * @param name its host name
   * @return the host, running or not
   * @throws IllegalArgumentException if no host has that name
   */
  public LabHost host(String name) {
    return hosts.named(name);
  }

  /** {@return all its hosts in the order they were made, the one for services left out} */
  public List<LabHost> hosts() {
    return hosts.all();
  }

  /**
   * Makes and boots a host with systemd and sshd only.
   *
   * @param name its host name, which no other host of the lab may have
   * @return the host, taking SSH connections
   */
  public LabHost createBare(String name) {
    return hosts.createBare(name);
  }

  /** {@return the private key that logs in as {@code core} on every host} */
  public Path sshKey() {
    return frame.ssh().key();
  }

  /** {@return a known_hosts file with the keys of all hosts} */
  public Path knownHosts() {
    return frame.ssh().knownHosts();
  }

  /** {@return an OpenSSH configuration with an entry for each host} */
  public Path sshConfig() {
    return frame.ssh().config();
  }

  /** {@return a command prefix that runs a command in the lab's network} */
  public String enter() {
    return "nsenter --net=" + frame.network().file("lab");
  }

  /**
   * Takes a lab of this machine down, whoever started it, and removes all it made.
   *
   * @param id the lab's {@link #id()}
   * @return whether there was such a lab
   * @throws LabException if something of it cannot be removed
   */
  public static boolean stop(String id) {
    return LabRemoval.remove(id);
  }

  /** {@return how many labs of this user were found and taken down} */
  public static int stopAll() {
    return (int) LabRemoval.ids().stream().filter(LabRemoval::remove).count();
  }

  /** Takes the lab down, unless it was built to be kept; a second call does nothing. */
  @Override
  public void close() {
    if (!keep) {
      LabRemoval.remove(id());
    }
  }
}
