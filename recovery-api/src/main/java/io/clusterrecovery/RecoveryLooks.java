package io.clusterrecovery;

import io.clusterrecovery.RecoverySettings.Given;
import io.clusterrecovery.RecoverySettings.Made;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What of a recovery can be looked at before its first change, besides the restore. */
record RecoveryLooks<R>(RecoverySettings<R> recovery) {

  List<RecoveryStep<?>> all() {
    List<RecoveryStep<?>> looks = new ArrayList<>(recovery.checks());
    if (recovery.masters() instanceof Given<R> given) {
      recovery.pointing(given.masters()).ifPresent(looks::add);
      recovery.serving(given.masters()).ifPresent(looks::add);
    } else if (recovery.masters() instanceof Made<R> made) {
      looks.add(made.provisioning());
      Supplier<List<Master>> there = made.provisioning()::there;
      add(looks, RecoveryPart.DNS, there, recovery::pointing);
      add(looks, RecoveryPart.BALANCER, there, recovery::serving);
    } else {
      // A resumed run would find new targets that nobody can name yet, so the balancer waits.
      recovery.pointing(List.of()).ifPresent(looks::add);
    }
    return looks;
  }

  /** A run that is taken up again finds hosts that were made already. */
  private static void add(
      List<RecoveryStep<?>> looks,
      RecoveryPart part,
      Supplier<List<Master>> there,
      Function<List<Master>, Optional<RecoveryStep<?>>> step) {
    if (step.apply(List.of()).isPresent()) {
      looks.add(new LookAhead(part.title(), () -> step.apply(there.get()).orElseThrow()));
    }
  }
}
