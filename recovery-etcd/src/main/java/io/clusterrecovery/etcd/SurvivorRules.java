package io.clusterrecovery.etcd;

import io.clusterrecovery.etcd.SurvivorState.Known;
import io.clusterrecovery.etcd.SurvivorState.Source;
import io.clusterrecovery.etcd.SurvivorState.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which survivor to go on with: a pure function of how far each has come. */
final class SurvivorRules {
  private static final Comparator<Known> MOST_FIRST =
      Comparator.comparingLong(Known::commitIndex)
          .thenComparingLong(Known::revision)
          .reversed()
          .thenComparing(Known::name);

  private final List<Known> known;
  private final List<Unknown> unknown;
  private final Optional<Snapshot> compared;
  private final boolean leavesSnapshotOut;

  private SurvivorRules(List<SurvivorState> states, Optional<Snapshot> snapshot) {
    this.known = only(Known.class, states).sorted(MOST_FIRST).toList();
    this.unknown = only(Unknown.class, states).toList();
    this.compared = snapshot.filter(this::isOfTheSameCluster);
    this.leavesSnapshotOut = snapshot.isPresent() && compared.isEmpty();
  }

  static SurvivorAdvice advice(List<SurvivorState> states, Optional<Snapshot> snapshot) {
    return new SurvivorRules(states, snapshot).advice();
  }

  private static <T> Stream<T> only(Class<T> type, List<SurvivorState> states) {
    return states.stream().filter(type::isInstance).map(type::cast);
  }

  /** Raft indexes of two clusters say nothing of each other. */
  private SurvivorAdvice advice() {
    List<String> reasons = new ArrayList<>(mixedClusters());
    boolean comparable = reasons.isEmpty();
    Optional<Known> best = comparable ? voters().findFirst() : Optional.empty();
    if (comparable && best.isEmpty()) {
      reasons.add("No voter's data is known.");
    }
    best.ifPresent(b -> reasons.addAll(reasonsFor(b)));
    unknown.forEach(
        u -> reasons.add("%s is not known, and may have more: %s.".formatted(u.name(), u.why())));
    if (leavesSnapshotOut) {
      reasons.add("The snapshot cannot be compared: it is not known to be of the same cluster.");
    }
    return new SurvivorAdvice(best.map(Known::name), comparable ? options() : List.of(), reasons);
  }

  private Stream<Known> voters() {
    return known.stream().filter(k -> k.role() == EtcdMember.Role.VOTER);
  }

  private List<String> mixedClusters() {
    List<String> mixed = new ArrayList<>();
    if (known.stream().map(Known::clusterId).distinct().count() > 1) {
      mixed.add("They are of several etcd clusters: " + each(Known::clusterId) + ".");
    }
    if (identities().size() > 1) {
      mixed.add(
          "They are of several Kubernetes clusters: kube-system is "
              + each(k -> k.identity().map(ClusterIdentity::uid).orElse("unknown"))
              + ".");
    }
    return mixed;
  }

  private String each(Function<Known, String> value) {
    return String.join(", ", known.stream().map(k -> value.apply(k) + " on " + k.name()).toList());
  }

  private List<String> identities() {
    return known.stream()
        .flatMap(k -> k.identity().stream())
        .map(ClusterIdentity::uid)
        .distinct()
        .toList();
  }

  private List<String> reasonsFor(Known best) {
    List<String> reasons = new ArrayList<>();
    reasons.add(
        "%s has the highest commit index of the voters that are known: %d."
            .formatted(best.name(), best.commitIndex()));
    voters()
        .filter(k -> !k.equals(best) && k.commitIndex() == best.commitIndex())
        .forEach(k -> reasons.add(k.name() + " has come as far."));
    known.stream()
        .filter(k -> k.role() == EtcdMember.Role.LEARNER)
        .filter(k -> k.commitIndex() > best.commitIndex())
        .forEach(k -> reasons.add(k.name() + " has come further, but is a learner."));
    known.stream()
        .filter(k -> k.source() == Source.OWN_DATA)
        .forEach(
            k ->
                reasons.add(
                    "%s was seen by its files; when it starts its etcd may add from its log, up to its commit index."
                        .formatted(k.name())));
    return reasons;
  }

  private List<SurvivorOption> options() {
    List<SurvivorOption> options = new ArrayList<>();
    for (Known k : known) {
      String what = k.role().name().toLowerCase(Locale.ROOT);
      options.add(option(k.name(), what, k.commitIndex(), k.revision(), k.newest()));
    }
    compared
        .map(
            s -> {
              SnapshotContents c = s.contents();
              Optional<Instant> newest = c.kubernetes().newest();
              String file = s.file().toString();
              return option("snapshot", file, c.consistentIndex(), c.revision(), newest);
            })
        .ifPresent(options::add);
    return options;
  }

  private SurvivorOption option(
      String name, String what, long index, long revision, Optional<Instant> newest) {
    Optional<Duration> time =
        newest.flatMap(at -> newestOfAll().map(latest -> Duration.between(at, latest)));
    return new SurvivorOption(
        name, what, index, revision, newest, highestRevision() - revision, time);
  }

  private long highestRevision() {
    long snapshots = compared.map(s -> s.contents().revision()).orElse(0L);
    return Math.max(snapshots, known.stream().mapToLong(Known::revision).max().orElse(0));
  }

  private Optional<Instant> newestOfAll() {
    Stream<Instant> snapshots =
        compared.stream().flatMap(s -> s.contents().kubernetes().newest().stream());
    return Stream.concat(snapshots, known.stream().flatMap(k -> k.newest().stream()))
        .max(Comparator.naturalOrder());
  }

  /** A revision of another cluster's history would be taken for more, or for less. */
  private boolean isOfTheSameCluster(Snapshot snapshot) {
    return snapshot
        .contents()
        .kubernetes()
        .identity()
        .filter(identity -> identities().equals(List.of(identity.uid())))
        .isPresent();
  }
}
