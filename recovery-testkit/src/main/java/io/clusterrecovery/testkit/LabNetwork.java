package io.clusterrecovery.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The network of a lab: a bridge in the namespace this JVM runs in, and a namespace for each host.
 *
 * <p>Namespaces are kept by files in the lab's own folder, so {@code /run/netns} of the machine is
 * never touched.
 */
final class LabNetwork {
  static final String BRIDGE = "lab0";
  private final Path folder;
  private final String prefix;
  private final AtomicInteger links = new AtomicInteger();

  private LabNetwork(Path folder, String prefix) {
    this.folder = folder;
    this.prefix = prefix;
  }

  static LabNetwork create(Path folder, String prefix) {
    LabNetwork network = new LabNetwork(folder, prefix);
    Path own = network.newFile("lab");
    Exec.ok(
        "mount", "--bind", "/proc/" + ProcessHandle.current().pid() + "/ns/net", own.toString());
    batch(
        "link set lo up",
        "link add " + BRIDGE + " type bridge",
        "addr add " + network.gateway() + "/24 dev " + BRIDGE,
        "link set " + BRIDGE + " up");
    return network;
  }

  /**
   * Refuses unless this JVM is root's and has a network namespace of its own with nothing in it.
   */
  static void requirePrivateNamespace() {
    if (!isRoot()) {
      throw new IllegalStateException("a lab needs root");
    }
    if (namespaceOf("1")
        .filter(machine -> namespaceOf("self").equals(Optional.of(machine)))
        .isPresent()) {
      throw new IllegalStateException(
          "a lab needs a network namespace of its own, and this JVM runs in the machine's; start it"
              + " by: unshare --net java ... (recovery-testkit/jvm/bin/java does that)");
    }
    String up = Exec.ok("ip", "-o", "link", "show", "up");
    if (up.lines().anyMatch(line -> !line.contains(": lo:"))) {
      throw new IllegalStateException(
          "a lab needs a network namespace that holds nothing but lo, and this one holds: " + up);
    }
  }

  String gateway() {
    return prefix + "1";
  }

  String address(int number) {
    return prefix + number;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Makes a namespace for a host and connects it to the bridge; returns the name of the link. */
  String connect(String host, String address) {
    Path file = newFile(host);
    String link = "host" + links.incrementAndGet();
    Exec.ok("unshare", "--net=" + file, "ip", "link", "set", "lo", "up");
    batch(
        "link add " + link + " type veth peer name eth0 netns " + file,
        "link set " + link + " master " + BRIDGE + " up");
    byte[] inside =
        ("addr add " + address + "/24 dev eth0\nlink set eth0 up\n")
            .getBytes(StandardCharsets.UTF_8);
    Exec.ok(inside, "nsenter", "--net=" + file, "ip", "-batch", "-");
    return link;
  }

  /** Pulls the cable: whoever talks to the host gets no answer, not even a refusal. */
  void unplug(String link) {
    batch("link set " + link + " down");
  }

  void plug(String link) {
    batch("link set " + link + " up");
  }

  private Path newFile(String name) {
    try {
      return Files.createFile(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void batch(String... lines) {
    Exec.ok(
        (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8), "ip", "-batch", "-");
  }

  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self/"), "unix:uid").equals(0);
    } catch (IOException e) {
      throw new IllegalStateException("a lab needs Linux", e);
    }
  }

  /** Empty where the kernel does not tell, as for a process 1 with more privileges than ours. */
  private static Optional<String> namespaceOf(String process) {
    try {
      return Optional.of(
          Files.readSymbolicLink(Path.of("/proc/" + process + "/ns/net")).toString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
