package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Poll;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import io.clusterrecovery.etcd.RestoreMethod.Gate;
import io.clusterrecovery.etcd.RestoreMethod.Order;
import io.clusterrecovery.etcd.RestoreMethod.OwnDataOrder;
import io.clusterrecovery.etcd.RestoreMethod.Restoration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at snapshot, members and host, and makes the plan of a restore. */
final class RestorePreparation {
  /** Its calls have limits of their own; a read without quorum takes all of etcd's. */
  private static final Wait LOOK =
      Wait.named("what each member shows of quorum", Duration.ofMinutes(1));

  private final RestoreSettings settings;
  private final RunContext run;
  private final Plan.Builder plan;
  private final QuorumObserver observer;

  RestorePreparation(RestoreSettings settings, String operation, RunContext run) {
    this.settings = settings;
    this.run = run;
    this.plan = Plan.of(operation, settings.memberName() + " on " + settings.survivor().name());
    this.observer = new QuorumObserver(settings);
    settings.forced().forEach(plan::forced);
    Stream.concat(Stream.of(settings.survivor()), settings.memberHosts().values().stream())
        .flatMap(host -> host.forced().stream())
        .forEach(plan::forced);
  }

  Prepared<RestoreResult> prepared() {
    RestoreSource source = source();
    if (source == null) {
      return refused();
    }
    source.describe(plan);
    CompletableFuture<SurvivorData> own =
        Concurrently.start(() -> SurvivorData.of(settings.survivor(), settings.method()));
    Duration lookBegun = run.clock().elapsed();
    QuorumObservation seen = observation(source, own);
    if (seen == null) {
      return refused();
    }
    Optional<EarlierRestore> earlier = earlierRestore(source, seen);
    if (earlier.isPresent()) {
      return satisfied(earlier.get());
    }
    return restore(source, seen, lookBegun, Concurrently.join(own));
  }

  private @Nullable RestoreSource source() {
    if (settings.snapshot().isEmpty()) {
      return new RestoreSource.Survivor();
    }
    try {
      return new RestoreSource.FromSnapshot(Snapshot.inspect(settings.snapshot().get()));
    } catch (RefusedException e) {
      e.refusals().forEach(plan::refuse);
      return null;
    }
  }

  private @Nullable QuorumObservation observation(
      RestoreSource source, CompletableFuture<SurvivorData> own) {
    try {
      return run.await(
          LOOK,
          () ->
              Poll.done(
                  observer.observe(
                      source.members(), remembered(), () -> Concurrently.join(own).members())));
    } catch (RefusedException e) {
      e.refusals().forEach(plan::refuse);
      return null;
    }
  }

  private List<EtcdMember> remembered() {
    return RestoreMemory.of(run).map(RestoreMemory::members).orElse(List.of());
  }

  private Prepared<RestoreResult> restore(
      RestoreSource source, QuorumObservation seen, Duration lookBegun, SurvivorData own) {
    describe(seen);
    RestoreMemory memory = new RestoreMemory(source.id(), seen.listed());
    RestoreMemory.of(run).map(m -> m.refusals(source)).stream()
        .flatMap(List::stream)
        .forEach(plan::refuse);
    Gate gate = gate(source, seen, lookBegun);
    Plan.Builder looked = Plan.of(settings.method().toString(), settings.survivor().name());
    Restoration restoration = restoration(source, seen, own, gate, looked);
    Consumer<RunContext> restart =
        settings
            .method()
            .prepareRestart(settings.survivor(), restoration.raisesRevisions(), run, looked);
    refusals(source, seen, restoration).forEach(plan::refuse);
    if (!restoration.inPlace()) {
      own.tell(plan);
    }
    if (!restoration.inPlace() && source instanceof RestoreSource.FromSnapshot from) {
      compare(from.snapshot(), own);
    }
    SafetySnapshots safety =
        new SafetySnapshots(settings, seen.status().isPresent() && !restoration.inPlace());
    safety.describe(Math.max(source.size(), own.size()), plan);
    addAll(looked.build());
    return new Prepared<>(
        plan.build(),
        acting ->
            new RestoreAct(settings, source, memory, safety, restoration, restart, acting)
                .result());
  }

  /** What the survivor itself says of the snapshot. */
  private void compare(Snapshot snapshot, SurvivorData own) {
    fitRefusals(snapshot, own).forEach(plan::refuse);
    if (settings.namingLoss()) {
      new RestoreLoss(settings.survivor(), settings.method(), snapshot).tell(plan);
    }
    if (EncryptionFit.needed(snapshot)) {
      EncryptionFit.of(snapshot, HostEncryptionLook.of(settings.survivor())).tell(plan);
    }
  }

  private Restoration restoration(
      RestoreSource source,
      QuorumObservation seen,
      SurvivorData own,
      Gate gate,
      Plan.Builder looked) {
    if (source instanceof RestoreSource.FromSnapshot from) {
      Order order =
          new Order(
              settings.survivor(),
              from.snapshot(),
              settings.memberName(),
              settings.peerUrl(),
              run.once("token", () -> "recovery-" + UUID.randomUUID()),
              raise(from.snapshot(), seen, own).bump(),
              gate);
      return settings.method().prepare(order, run, looked);
    }
    OwnDataOrder order =
        new OwnDataOrder(
            settings.survivor(),
            settings.etcd(),
            settings.memberName(),
            settings.peerUrl(),
            seen.members().stream().anyMatch(m -> !m.member().votes()),
            gate);
    return settings.method().prepareOwnData(order, run, looked);
  }

  private List<Refusal> refusals(
      RestoreSource source, QuorumObservation seen, Restoration restoration) {
    List<Refusal> refusals = new ArrayList<>();
    if (source instanceof RestoreSource.FromSnapshot from) {
      refusals.addAll(
          RestoreRules.snapshotRefusals(
              from.snapshot(), seen, settings.memberName(), settings.withoutChecksum()));
    }
    if (restoration.inPlace()) {
      endedBefore().ifPresent(refusals::add);
      return refusals;
    }
    if (seen.members().isEmpty()) {
      refusals.add(RestoreRules.membersUnknown(settings.survivor().name(), settings.etcd()));
      return refusals;
    }
    refusals.addAll(RestoreRules.memberRefusals(seen, settings.memberName(), settings.peerUrl()));
    refusals.addAll(RestoreRules.unknownNames(seen, settings.lost(), "lost(…)"));
    refusals.addAll(
        RestoreRules.unknownNames(seen, settings.memberHosts().keySet(), "memberHost(…)"));
    if (seen.named(settings.memberName()).isPresent()) {
      refusals.addAll(QuorumDecision.refusals(seen.members()));
    }
    if (restoration.serving() && seen.status().isEmpty()) {
      refusals.add(RestoreRules.endpointSilent(settings.survivor().name(), settings.etcd()));
    } else {
      refusals.addAll(RestoreRules.sourceRefusals(seen, settings.snapshotsMembers()));
    }
    return refusals;
  }

  /** Whether it is the right snapshot. */
  private List<Refusal> fitRefusals(Snapshot snapshot, SurvivorData own) {
    List<Refusal> refusals = new ArrayList<>();
    SnapshotFit.otherCluster(snapshot, own).ifPresent(refusals::add);
    SnapshotFit.tooOld(snapshot, run.clock().now(), settings.acceptedAge())
        .ifPresent(refusals::add);
    return refusals;
  }

  /** What this run has restored and verified cannot be restored by it once more. */
  private Optional<Refusal> endedBefore() {
    return RestoreRecord.readAll(settings.survivor()).stream()
        .filter(r -> r.run().equals(run.runId().value()))
        .map(
            r ->
                new Refusal(
                    Code.PLAN_DRIFTED,
                    "This run has restored and verified etcd at %s, and that cluster does not serve."
                        .formatted(r.verifiedAt()),
                    "Find out what became of it; to restore once more, begin a new run."))
        .findFirst();
  }

  private void addAll(Plan other) {
    other.facts().forEach(f -> plan.fact(f.name(), f.value()));
    other.changes().forEach(plan::change);
    other.refusals().forEach(plan::refuse);
    other.forced().forEach(plan::forced);
    other.notes().forEach(plan::note);
  }

  private void describe(QuorumObservation seen) {
    plan.fact("members, as listed by " + seen.source(), String.join(", ", seen.names()));
    seen.members().forEach(m -> plan.fact("member", m.seen()));
    plan.fact("quorum", QuorumDecision.proof(seen.members()));
  }

  /** A resumed run may no longer see what the first one saw. */
  private RevisionRaise raise(Snapshot snapshot, QuorumObservation seen, SurvivorData own) {
    long seenHere = Math.max(seen.highestRevision(), own.revision());
    RevisionRaise now = RevisionRaise.of(snapshot, seenHere, settings.lastKnownRevision());
    String highest = run.once("highestRevision", () -> Long.toString(now.highest()));
    RevisionRaise raise = new RevisionRaise(now.snapshot(), Long.parseLong(highest));
    raise.describe(plan);
    return raise;
  }

  private Gate gate(RestoreSource source, QuorumObservation seen, Duration lookBegun) {
    List<EtcdMember> known = seen.members().stream().map(MemberEvidence::member).toList();
    boolean silent = seen.status().isEmpty();
    RestoreGate gate =
        new RestoreGate(
            () ->
                silent
                    ? observer.observeBesideASilentOne(source.members(), known).members()
                    : observer.observe(source.members(), known, List::of).members());
    gate.seen(seen.members(), lookBegun);
    List<String> unreached = new ArrayList<>();
    settings
        .memberHosts()
        .forEach(
            (name, host) -> {
              Optional<MemberEvidence> member = seen.named(name);
              if (member.filter(m -> m.host().etcd() == HostSight.Etcd.UNKNOWN).isPresent()) {
                unreached.add(name + " on " + host.name());
              } else if (member.isPresent()) {
                Plan.Builder fence = Plan.of("fence", host.name());
                gate.fence(settings.method().prepareFence(host, run, fence), fence.build(), plan);
              }
            });
    if (!unreached.isEmpty()) {
      plan.note("Not fenced, since the host does not answer: " + String.join(", ", unreached));
    }
    return gate;
  }

  private Optional<EarlierRestore> earlierRestore(RestoreSource source, QuorumObservation seen) {
    return seen.status().isEmpty()
        ? Optional.empty()
        : EarlierRestore.among(
            RestoreRecord.readAll(settings.survivor()),
            settings.memberName(),
            source,
            seen,
            run.runId());
  }

  private Prepared<RestoreResult> satisfied(EarlierRestore earlier) {
    earlier.describe(plan);
    return new Prepared<>(plan.build(), acting -> earlier.result(settings, acting));
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
