package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether a restore may be rolled back: a pure function of what the restored cluster shows. */
final class RollbackRules {
  /** What every control plane writes all the time, and nobody misses. */
  private static final List<String> PASSING = List.of("leases", "events", "masterleases");

  private static final String OWN = "io.clusterrecovery/";
  private static final int MOST_SHOWN = 5;

  private RollbackRules() {}

  /**
   * What the restored cluster shows.
   *
   * @param members its members
   * @param written the keys written since it was verified
   */
  record Seen(List<EtcdMember> members, Set<String> written) {}

  static List<Refusal> refusals(Seen seen) {
    List<Refusal> refusals = new ArrayList<>();
    if (seen.members().size() > 1) {
      refusals.add(
          new Refusal(
              Code.ROLLBACK_WOULD_LOSE,
              "Others have joined the restored cluster: %s.".formatted(labels(seen.members())),
              "Go on with the restored cluster; what was there before is kept aside."));
    }
    List<String> kept = seen.written().stream().filter(key -> !isPassing(key)).sorted().toList();
    if (!kept.isEmpty()) {
      refusals.add(
          new Refusal(
              Code.ROLLBACK_WOULD_LOSE,
              "Clients have written to the restored cluster: %s.".formatted(shown(kept)),
              "Go on with the restored cluster; what was there before is kept aside."));
    }
    return refusals;
  }

  /** Kubernetes has its objects at /PREFIX/KIND/…, and a key of its own for compaction. */
  static boolean isPassing(String key) {
    String[] parts = key.split("/", 4);
    return key.startsWith(OWN)
        || key.equals("compact_rev_key")
        || (parts.length == 4 && parts[0].isEmpty() && PASSING.contains(parts[2]));
  }

  private static String shown(List<String> keys) {
    String first = String.join(", ", keys.subList(0, Math.min(MOST_SHOWN, keys.size())));
    return keys.size() > MOST_SHOWN
        ? first + " and %d more".formatted(keys.size() - MOST_SHOWN)
        : first;
  }

  private static String labels(List<EtcdMember> members) {
    return String.join(", ", members.stream().map(EtcdMember::label).toList());
  }
}
