package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Proves that quorum is lost a moment before etcd is touched, then fences. */
final class RestoreGate implements RestoreMethod.Gate {
  /** How old a proof may be when the first destructive change is made, from when it was begun. */
  private static final Duration FRESH = Duration.ofSeconds(30);

  /** How old one may be to count when what comes after an approach is still to be done. */
  private static final Duration RECENT = Duration.ofSeconds(10);

  private final Supplier<List<MemberEvidence>> look;
  private final List<Consumer<RunContext>> fences = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private @Nullable Proof begun;

  RestoreGate(Supplier<List<MemberEvidence>> look) {
    this.look = look;
  }

  /**
   * Takes what the plan has just seen as a proof like any other, which counts while it is as fresh.
   *
   * @param begunAt when that look was begun, by the run's clock, as it elapses
   */
  void seen(List<MemberEvidence> evidence, Duration begunAt) {
    begun = new Proof(begunAt, CompletableFuture.completedFuture(evidence));
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
  public void approach(RunContext run) {
    Proof earlier = begun;
    if (earlier == null || earlier.age(run).compareTo(RECENT) > 0) {
      begun = new Proof(run.clock().elapsed(), Concurrently.start(look));
    }
  }

  @Override
  public void pass(RunContext run) {
    List<Refusal> refusals = QuorumDecision.refusals(evidence(run));
    if (!refusals.isEmpty()) {
      throw new RefusedException(refusals);
    }
    fences.forEach(fence -> fence.accept(run));
  }

  private List<MemberEvidence> evidence(RunContext run) {
    Proof proof = begun;
    begun = null;
    if (proof == null) {
      return look.get();
    }
    List<MemberEvidence> evidence = Concurrently.join(proof.evidence());
    return proof.age(run).compareTo(FRESH) <= 0 ? evidence : look.get();
  }

  private record Proof(Duration begunAt, CompletableFuture<List<MemberEvidence>> evidence) {
    Duration age(RunContext run) {
      return run.clock().elapsed().minus(begunAt);
    }
  }
}
