package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.RunId;
import io.clusterrecovery.etcd.RestoreMethod.Undo;
import io.clusterrecovery.etcd.RestoreTrace.Undoing;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Puts back what a restore has moved, unless somebody would lose by it. */
final class RestoreRollback implements RecoveryStep<RollbackResult> {
  private final RestoreSettings settings;
  private final Optional<RunId> wanted;

  RestoreRollback(RestoreSettings settings, Optional<RunId> wanted) {
    this.settings = settings;
    this.wanted = wanted;
  }

  @Override
  public String operation() {
    return "roll back the restore of quorum";
  }

  @Override
  public List<RemoteHost> hosts() {
    return settings.hosts();
  }

  @Override
  public Prepared<RollbackResult> prepare(RunContext run) {
    RemoteHost host = settings.survivor();
    Plan.Builder plan = Plan.of(operation(), settings.memberName() + " on " + host.name());
    Optional<RestoreTrace> trace = trace();
    if (trace.isEmpty()) {
      plan.refuse(nothingThere());
      return new Prepared<>(
          plan.build(),
          acting -> {
            throw new RefusedException(List.of(nothingThere()));
          });
    }
    RunId undone = trace.get().run();
    plan.fact("restore", "run " + undone + ", begun at " + trace.get().begunAt());
    return trace.get().undoing() == Undoing.DONE
        ? new Prepared<>(plan.build(), acting -> new RollbackResult(undone, List.of()))
        : rollback(trace.get(), run, plan);
  }

  private Prepared<RollbackResult> rollback(RestoreTrace trace, RunContext run, Plan.Builder plan) {
    RunId undone = trace.run();
    Undo undo = settings.method().prepareUndo(settings.survivor(), undone, run, plan);
    List<Consumer<RunContext>> unfences =
        settings.memberHosts().values().stream()
            .map(host -> settings.method().prepareUnfence(host, run, plan))
            .toList();
    if (undo.stage() == Undo.Stage.RESTORED) {
      plan.note(
          "Revisions go back to those of before, so watchers may have seen newer ones: restart API"
              + " servers, controllers and kubelets on all other hosts.");
    }
    refusals(trace, undo).forEach(plan::refuse);
    return new Prepared<>(
        plan.build(),
        acting -> {
          requireNothingLost(trace, undo);
          RestoreTrace.undoing(settings.survivor(), undone);
          undo.act().accept(acting);
          unfences.forEach(unfence -> unfence.accept(acting));
          RestoreTrace.undone(settings.survivor(), undone);
          return new RollbackResult(undone, acting.changed());
        });
  }

  /** Asked once more right before the first change: somebody may just have joined. */
  private void requireNothingLost(RestoreTrace trace, Undo undo) {
    List<Refusal> refusals = refusals(trace, undo);
    if (!refusals.isEmpty()) {
      throw new RefusedException(refusals);
    }
  }

  private List<Refusal> refusals(RestoreTrace trace, Undo undo) {
    if (undo.stage() != Undo.Stage.RESTORED) {
      return List.of();
    }
    Optional<Long> verified = verifiedRevision(trace.run());
    Optional<Long> baseline =
        verified.or(() -> RestoredRevision.read(settings.survivor(), trace.run()));
    boolean mustAnswer = verified.isPresent();
    URI endpoint = settings.etcd().endpoints().get(0);
    try (EtcdClient client = settings.etcd().connect(endpoint)) {
      List<EtcdMember> members = client.members();
      mustAnswer |= baseline.isPresent();
      Set<String> written = baseline.isPresent() ? client.writtenSince(baseline.get()) : Set.of();
      return RollbackRules.refusals(new RollbackRules.Seen(members, written));
    } catch (EtcdCallException e) {
      boolean stoppedByUs = trace.undoing() == Undoing.BEGUN;
      return mustAnswer && !stoppedByUs ? List.of(untold(e)) : List.of();
    }
  }

  private Optional<Long> verifiedRevision(RunId run) {
    return RestoreRecord.readAll(settings.survivor()).stream()
        .filter(r -> r.run().equals(run.value()))
        .findFirst()
        .map(RestoreRecord::revision);
  }

  /**
   * One that was never verified may never have come up, and then nobody has relied on it; one that
   * serves must also tell what was written.
   */
  private static Refusal untold(EtcdCallException e) {
    if (e.kind() == EtcdCallException.Kind.REFUSED) {
      return new Refusal(
          Code.ROLLBACK_WOULD_LOSE,
          "The restored etcd no longer tells what was written to it, as after a compaction: %s."
              .formatted(e.getMessage()),
          "Go on with the restored cluster; what was there before is kept aside.");
    }
    return new Refusal(
        Code.ETCD_UNREACHABLE,
        "The restored etcd does not tell who has joined it and what was written: "
            + e.getMessage()
            + ".",
        "Bring it up, so that it can be asked; see its log on the host.");
  }

  private Optional<RestoreTrace> trace() {
    List<RestoreTrace> all = RestoreTrace.on(settings.survivor());
    return wanted.isPresent()
        ? all.stream().filter(t -> t.run().equals(wanted.get())).findFirst()
        : all.stream().filter(t -> t.undoing() != Undoing.DONE).reduce((older, newer) -> newer);
  }

  private Refusal nothingThere() {
    return new Refusal(
        Code.NOTHING_TO_ROLL_BACK,
        "%s has no trace of %s."
            .formatted(
                settings.survivor().name(),
                wanted.map(run -> "a restore by run " + run).orElse("a restore")),
        "Check that it is the host that was restored.");
  }

  @Override
  public String toString() {
    return "RestoreRollback[%s of %s on %s]"
        .formatted(
            wanted.map(RunId::value).orElse("the newest restore"),
            settings.memberName(),
            settings.survivor().name());
  }
}
