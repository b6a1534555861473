package io.clusterrecovery;

/**
 * Is told what happens during a run, one event after the other; what happens at the same time may
 * be told by several threads.
 *
 * <p>A listener that throws does not stop a recovery: its failure is logged as a warning.
 */
@FunctionalInterface
public interface EventListener {

  /** A listener that ignores everything. */
  EventListener NONE = event -> {};

  /** Tells of one event. */
  void on(Event event);

  /** {@return a listener that tells this one first, then the other} */
  default EventListener andThen(EventListener other) {
    return event -> {
      on(event);
      other.on(event);
    };
  }
}
