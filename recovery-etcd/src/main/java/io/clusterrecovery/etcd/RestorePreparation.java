package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.etcd.RestoreMethod.Order;
import io.clusterrecovery.etcd.RestoreMethod.Restoration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks at snapshot, members and host, and makes the plan of a restore. */
final class RestorePreparation {
  private final QuorumRestorer.Builder settings;
  private final RunContext run;
  private final Plan.Builder plan;
  private final QuorumObserver observer;

  RestorePreparation(QuorumRestorer.Builder settings, String operation, RunContext run) {
    this.settings = settings;
    this.run = run;
    this.plan = Plan.of(operation, settings.memberName() + " on " + settings.survivor.name());
    this.observer =
        new QuorumObserver(
            settings.etcd(), settings.survivor, settings.memberName(), settings.lost);
    settings.forced().forEach(plan::forced);
  }

  Prepared<RestoreResult> prepared() {
    Snapshot snapshot = snapshot();
    if (snapshot == null) {
      return refused();
    }
    plan.fact("snapshot", snapshot.toString() + ", sha256 " + snapshot.sha256());
    RestoreRules.snapshotRefusals(snapshot, settings.memberName(), settings.withoutChecksum)
        .forEach(plan::refuse);
    QuorumObservation seen = observer.observe(snapshot.members());
    Optional<RestoreRecord> earlier = earlierRestore(snapshot, seen);
    if (earlier.isPresent()) {
      return satisfied(earlier.get());
    }
    return restore(snapshot, seen);
  }

  private @Nullable Snapshot snapshot() {
    try {
      return Snapshot.inspect(settings.snapshot());
    } catch (RefusedException e) {
      e.refusals().forEach(plan::refuse);
      return null;
    }
  }

  private Prepared<RestoreResult> restore(Snapshot snapshot, QuorumObservation seen) {
    describe(seen);
    Order order =
        new Order(
            settings.survivor,
            snapshot,
            settings.memberName(),
            settings.peerUrl(),
            run.once("token", () -> "recovery-" + UUID.randomUUID()),
            () -> proveAgain(snapshot));
    Restoration restoration = settings.method().prepare(order, run, plan);
    Consumer<RunContext> restart = settings.method().prepareRestart(settings.survivor, run, plan);
    if (!restoration.inPlace()) {
      QuorumDecision.refusals(seen.members()).forEach(plan::refuse);
      RestoreRules.memberRefusals(seen, settings.memberName(), settings.peerUrl(), settings.lost)
          .forEach(plan::refuse);
    }
    return new Prepared<>(
        plan.build(),
        acting -> new RestoreAct(settings, snapshot, restoration, restart, acting).result());
  }

  private void describe(QuorumObservation seen) {
    plan.fact("members, as listed by " + seen.source(), String.join(", ", seen.names()));
    seen.members().forEach(m -> plan.fact("member", m.seen()));
    plan.fact("quorum", QuorumDecision.proof(seen.members()));
  }

  /** Not older than a moment when the first destructive change is made. */
  private void proveAgain(Snapshot snapshot) {
    List<Refusal> refusals =
        QuorumDecision.refusals(observer.observe(snapshot.members()).members());
    if (!refusals.isEmpty()) {
      throw new RefusedException(refusals);
    }
  }

  private Optional<RestoreRecord> earlierRestore(Snapshot snapshot, QuorumObservation seen) {
    if (seen.status().isEmpty()) {
      return Optional.empty();
    }
    String living = seen.status().get().clusterId();
    return RestoreRecord.readAll(settings.survivor).stream()
        .filter(r -> r.describes(settings.memberName(), snapshot) && r.clusterId().equals(living))
        .findFirst();
  }

  private Prepared<RestoreResult> satisfied(RestoreRecord earlier) {
    plan.fact("restored before", "by run " + earlier.run() + " at " + earlier.verifiedAt());
    return new Prepared<>(
        plan.build(), acting -> RestoreVerification.readBack(settings, earlier, acting));
  }

  private Prepared<RestoreResult> refused() {
    return new Prepared<>(
        plan.build(),
        acting -> {
          throw acting.failure(
              Code.SNAPSHOT_UNREADABLE, "There is no snapshot.", "Give a whole one.", null);
        });
  }
}
