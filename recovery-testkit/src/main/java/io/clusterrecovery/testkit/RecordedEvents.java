package io.clusterrecovery.testkit;

import io.clusterrecovery.Event;
import io.clusterrecovery.EventListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that keeps what it is told. Thread-safe. */
public final class RecordedEvents implements EventListener {
  private final List<Event> all = new CopyOnWriteArrayList<>();

  @Override
  public void on(Event event) {
    all.add(event);
  }

  /** {@return everything so far, in order} */
  public List<Event> all() {
    return List.copyOf(all);
  }

  /** {@return what it was told of one kind, such as {@code Event.ChangeFinished.class}} */
  public <E extends Event> List<E> of(Class<E> kind) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** {@return how many there are} */
  @Override
  public String toString() {
    return all.size() + " recorded events";
  }
}
