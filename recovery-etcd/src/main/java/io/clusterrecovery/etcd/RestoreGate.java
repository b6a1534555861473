package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Proves that quorum is lost not longer than a moment before etcd is touched, then fences. */
final class RestoreGate implements RestoreMethod.Gate {
  private final Supplier<List<MemberEvidence>> look;
  private final List<Consumer<RunContext>> fences = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();

  RestoreGate(Supplier<List<MemberEvidence>> look) {
    this.look = look;
  }

  /** Adds a host to fence; what speaks against it goes to the plan of the whole restore. */
  void fence(Consumer<RunContext> fence, Plan prepared, Plan.Builder whole) {
    fences.add(fence);
    changes.addAll(prepared.changes());
    prepared.refusals().forEach(whole::refuse);
    prepared.notes().forEach(whole::note);
  }

  @Override
  public List<Change> changes() {
    return List.copyOf(changes);
  }

  @Override
  public void pass(RunContext run) {
    List<Refusal> refusals = QuorumDecision.refusals(look.get());
    if (!refusals.isEmpty()) {
      throw new RefusedException(refusals);
    }
    fences.forEach(fence -> fence.accept(run));
  }
}
