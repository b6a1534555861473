package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunId;
import io.clusterrecovery.Secret;
import java.util.List;
import java.util.Optional;

/**
 * What is left on a new host as long as the member whose place it takes is off the list and it is
 * not on it itself: without that, a run after a crash could not tell it from a misspelt name.
 *
 * @param clusterId the cluster's id
 * @param id the failed member's
 * @param name the failed member's
 */
record ReplacedMember(String clusterId, String id, String name) {
  private static final String FILE = "/replaced-member";

  private static final String READ =
      "cat /var/lib/cluster-recovery/*" + FILE + " 2>/dev/null; true";

  private static final String FORGET = "rm -f -- /var/lib/cluster-recovery/*" + FILE;

  /** Those that any run has written down on a host. */
  static List<ReplacedMember> on(RemoteHost host) {
    return HostFile.must(host, Command.of("sh", "-c", READ).asRoot())
        .out()
        .lines()
        .flatMap(line -> parse(line).stream())
        .toList();
  }

  void writeTo(RemoteHost host, RunId run) {
    String line = "%s %s %s\n".formatted(clusterId, id, name);
    HostFile.write(host, RestoreRecord.folder(run) + FILE, Secret.of(line));
  }

  static void forget(RemoteHost host) {
    HostFile.must(host, Command.of("sh", "-c", FORGET).asRoot());
  }

  /** Whether a caller means it by that name or id. */
  boolean isCalled(String nameOrId) {
    return id.equals(nameOrId) || name.equals(nameOrId);
  }

  private static Optional<ReplacedMember> parse(String line) {
    String[] words = line.split(" ", 3);
    return words.length == 3
        ? Optional.of(new ReplacedMember(words[0], words[1], words[2]))
        : Optional.empty();
  }
}
