package io.clusterrecovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The parts of a recovery that go on at the same time: what one needs of another is in its chain.
 *
 * @param withApi whether the API is waited for in the first chain
 */
record RecoveryChains<R>(RecoverySettings<R> recovery, boolean withApi) {
  static final String TITLE = "let new masters take part";

  /** Whether there is anything to do. */
  boolean any() {
    return recovery.dns().isPresent()
        || recovery.balancer().isPresent()
        || chains().stream().flatMap(List::stream).anyMatch(this::isSet);
  }

  RecoveryStep<Boolean> step(Recovered<R> found) {
    return new SideBySide(
        TITLE,
        chains().stream()
            .map(chain -> links(chain, found))
            .filter(links -> !links.isEmpty())
            .toList());
  }

  private List<List<RecoveryPart>> chains() {
    List<RecoveryPart> nodes = new ArrayList<>();
    if (withApi) {
      nodes.addAll(List.of(RecoveryPart.API, RecoveryPart.FORGETTING));
    }
    nodes.addAll(List.of(RecoveryPart.APPROVAL, RecoveryPart.NODES));
    return List.of(
        nodes, List.of(RecoveryPart.DNS, RecoveryPart.GROWTH), List.of(RecoveryPart.BALANCER));
  }

  private boolean isSet(RecoveryPart part) {
    return recovery.parts().containsKey(part) || recovery.extras().containsKey(part);
  }

  private List<RunbookStep<Boolean>> links(List<RecoveryPart> parts, Recovered<R> found) {
    List<RunbookStep<Boolean>> links = new ArrayList<>();
    for (RecoveryPart part : parts) {
      step(part, found).ifPresent(step -> links.add(link(part.title(), scope(part), step)));
      recovery
          .extras()
          .getOrDefault(part, List.of())
          .forEach(extra -> links.add(link(extra.name(), Set.of(), extra.step().apply(found))));
    }
    return links;
  }

  private Optional<RecoveryStep<?>> step(RecoveryPart part, Recovered<R> found) {
    return switch (part) {
      case DNS -> recovery.naming(found.masters());
      case BALANCER -> recovery.serving(found.masters());
      default -> Optional.ofNullable(recovery.parts().get(part)).map(step -> step.apply(found));
    };
  }

  private Set<String> scope(RecoveryPart part) {
    return RecoveryBook.OF_ONE.contains(part) ? Set.copyOf(recovery.masters().names()) : Set.of();
  }

  private static RunbookStep<Boolean> link(String name, Set<String> scope, RecoveryStep<?> step) {
    return new RunbookStep<>(new StepRef<>(name), scope, results -> RecoveryBook.done(step));
  }
}
