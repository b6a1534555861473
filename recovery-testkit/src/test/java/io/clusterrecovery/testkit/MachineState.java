package io.clusterrecovery.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a lab must leave as it is on the machine it stands on. Traces of the lab itself are looked
 * for by its id, since other labs may come and go meanwhile.
 */
record MachineState(Map<String, String> facts) {
  /** Counters and the like, which change by themselves. */
  private static final String UNSTABLE_SETTINGS =
      "fs\\.(dentry|inode|file-nr|quota).*|kernel\\.(random|ns_last_pid|pty\\.nr).*"
          + "|net\\.netfilter\\.nf_conntrack_count.*|.*(delayed_allocation|usage|cdrom).*"
          + "|kernel\\.perf_event_max_sample_rate.*|net\\.core\\.fb.*|vm\\.stat_refresh.*";

  static MachineState look() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("etc", shell("find /etc -xdev -type f -printf '%p %T@ %m ' -exec cksum {} ';'"));
    facts.put("host name", shell("cat /proc/sys/kernel/hostname"));
    facts.put("links", onMachine("ip -o link | sed 's/ qlen.*//'"));
    facts.put("addresses", onMachine("ip -o addr | sed 's/valid_lft.*//'"));
    facts.put("routes", onMachine("ip route; ip -6 route; ip rule"));
    facts.put(
        "firewall", onMachine("command -v iptables-save >/dev/null && iptables-save || true"));
    facts.put("settings", settings());
    facts.put("units", shell("ls -R /run/systemd/system /etc/systemd/system 2>/dev/null || true"));
    return new MachineState(facts);
  }

  private static String settings() {
    return shell("sysctl -a 2>/dev/null || true")
        .lines()
        .filter(line -> !line.matches(UNSTABLE_SETTINGS))
        .filter(line -> !line.startsWith("net."))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  /** The command in the machine's network namespace, as opposed to this JVM's own. */
  static List<String> entering() {
    return List.of("nsenter", "--net=/proc/" + machineProcess() + "/ns/net", "--");
  }

  private static String onMachine(String command) {
    return Exec.ok(
        "nsenter", "--net=/proc/" + machineProcess() + "/ns/net", "--", "sh", "-c", command);
  }

  private static long machineProcess() {
    Optional<ProcessHandle> process = ProcessHandle.current().parent();
    while (process.isPresent()) {
      if (!network(process.get().pid()).equals(network(ProcessHandle.current().pid()))) {
        return process.get().pid();
      }
      process = process.get().parent();
    }
    throw new AssertionError("this JVM is not in a network namespace of its own");
  }

  private static Path network(long pid) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/net"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String shell(String command) {
    return Exec.ok("sh", "-c", command);
  }

  /** Lines that are only in one of the two, by fact. */
  Map<String, List<String>> differences(MachineState other) {
    Map<String, List<String>> differences = new TreeMap<>();
    facts.forEach(
        (name, before) -> {
          String after = other.facts.getOrDefault(name, "");
          if (!before.equals(after)) {
            differences.put(name, onlyInOne(before, after));
          }
        });
    return differences;
  }

  private static List<String> onlyInOne(String before, String after) {
    List<String> was = before.lines().toList();
    List<String> is = after.lines().toList();
    return java.util.stream.Stream.concat(
            was.stream().filter(line -> !is.contains(line)).map(line -> "- " + line),
            is.stream().filter(line -> !was.contains(line)).map(line -> "+ " + line))
        .toList();
  }
}
