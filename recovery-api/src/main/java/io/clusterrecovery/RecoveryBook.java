package io.clusterrecovery;

import io.clusterrecovery.RecoverySettings.Extra;
import io.clusterrecovery.RecoverySettings.Given;
import io.clusterrecovery.RecoverySettings.Made;
import io.clusterrecovery.RecoverySettings.Told;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes the steps of a recovery into one runbook. */
final class RecoveryBook<R> {
  /** Parts that are about new masters by name, and may change nothing else. */
  static final Set<RecoveryPart> OF_ONE = Set.of(RecoveryPart.GROWTH, RecoveryPart.APPROVAL);

  private final RecoverySettings<R> recovery;
  private final Runbook.Builder book;
  private final StepRef<R> restored = new StepRef<>(RecoveryPart.RESTORE.title());
  private @Nullable StepRef<List<Master>> masters;

  RecoveryBook(RecoverySettings<R> recovery, Runbook.Builder book) {
    this.recovery = recovery;
    this.book = book;
  }

  void write() {
    List<RecoveryStep<?>> looks = new RecoveryLooks<>(recovery).all();
    book.step(restored.name(), new Preflighted<>(recovery.restore(), looks));
    extras(RecoveryPart.RESTORE);
    boolean beside = recovery.order() == RecoveryOrder.SIDE_BY_SIDE && isGiven();
    if (!beside) {
      part(RecoveryPart.API);
      part(RecoveryPart.FORGETTING);
    }
    masters();
    switch (recovery.order()) {
      case ONE_BY_ONE -> oneByOne();
      case SIDE_BY_SIDE -> sideBySide(beside);
      default -> recovery.order().parts().forEach(this::part);
    }
    part(RecoveryPart.OPERATORS);
    part(RecoveryPart.CLEANING);
    part(RecoveryPart.BACKUP);
  }

  private boolean isGiven() {
    return recovery.masters() instanceof Given<R>;
  }

  private void sideBySide(boolean withApi) {
    RecoveryChains<R> chains = new RecoveryChains<>(recovery, withApi);
    if (chains.any()) {
      book.step(RecoveryChains.TITLE, results -> chains.step(recovered(results)));
    }
  }

  private void oneByOne() {
    List<RecoveryPart> parts = recovery.order().parts();
    List<RecoveryPart> ofOne = parts.stream().filter(OF_ONE::contains).toList();
    parts.subList(0, parts.indexOf(ofOne.get(0))).forEach(this::part);
    for (String name : recovery.masters().names()) {
      ofOne.forEach(part -> partOf(name, part));
    }
    parts.stream().skip(parts.indexOf(ofOne.get(ofOne.size() - 1)) + 1L).forEach(this::part);
  }

  private void masters() {
    String title = RecoveryPart.MASTERS.title();
    if (recovery.masters() instanceof Made<R> made) {
      masters = book.step(title, made.provisioning());
    } else if (recovery.masters() instanceof Told<R> told) {
      masters = book.step(title, results -> told.step().apply(results.get(restored)));
    }
    extras(RecoveryPart.MASTERS);
  }

  private void part(RecoveryPart part) {
    switch (part) {
      case DNS -> ofAddresses(part, recovery.dns().isPresent(), recovery::naming);
      case BALANCER -> ofAddresses(part, recovery.balancer().isPresent(), recovery::serving);
      default -> step(part);
    }
    extras(part);
  }

  private void step(RecoveryPart part) {
    Function<Recovered<R>, RecoveryStep<?>> step = recovery.parts().get(part);
    if (step != null) {
      Set<String> scope = OF_ONE.contains(part) ? Set.copyOf(recovery.masters().names()) : Set.of();
      book.step(part.title(), scope, results -> done(step.apply(recovered(results))));
    }
  }

  private void partOf(String name, RecoveryPart part) {
    Function<Recovered<R>, RecoveryStep<?>> step = recovery.parts().get(part);
    if (step != null) {
      add(part.title(), name, step);
    }
    extrasOf(part).forEach(extra -> add(extra.name(), name, extra.step()));
  }

  private void add(String title, String name, Function<Recovered<R>, RecoveryStep<?>> step) {
    book.step(
        title + ": " + name,
        Set.of(name),
        results -> done(step.apply(only(name, recovered(results)))));
  }

  /**
   * Where the new masters are known, so is what is to be done, and the plan shows it beforehand.
   */
  private void ofAddresses(
      RecoveryPart part, boolean wanted, Function<List<Master>, Optional<RecoveryStep<?>>> step) {
    if (!wanted) {
      return;
    }
    if (recovery.masters() instanceof Given<R> given) {
      book.step(part.title(), done(step.apply(given.masters()).orElseThrow()));
    } else {
      book.step(
          part.title(), results -> done(step.apply(recovered(results).masters()).orElseThrow()));
    }
  }

  private void extras(RecoveryPart part) {
    extrasOf(part)
        .forEach(
            extra ->
                book.step(extra.name(), results -> done(extra.step().apply(recovered(results)))));
  }

  private List<Extra<R>> extrasOf(RecoveryPart part) {
    return recovery.extras().getOrDefault(part, List.of());
  }

  private Recovered<R> recovered(Results results) {
    StepRef<List<Master>> told = masters;
    List<Master> found = List.of();
    if (recovery.masters() instanceof Given<R> given) {
      found = given.masters();
    } else if (told != null && results.has(told)) {
      found = results.get(told);
    }
    return new Recovered<>(results.get(restored), found);
  }

  private static <R> Recovered<R> only(String name, Recovered<R> all) {
    return new Recovered<>(
        all.restored(), all.masters().stream().filter(m -> m.name().equals(name)).toList());
  }

  /** What a part finds is its own; that it was done is all that others need. */
  static <X> RecoveryStep<Boolean> done(RecoveryStep<X> step) {
    return step.map(result -> true);
  }
}
