package io.clusterrecovery;

import java.util.ArrayList;
import java.util.List;

/** A listener that keeps what it is told. */
final class Events implements EventListener {
  private final List<Event> all = new ArrayList<>();

  @Override
  public void on(Event event) {
    all.add(event);
  }

  <E extends Event> List<E> of(Class<E> kind) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  List<String> kinds() {
    return all.stream().map(e -> e.getClass().getSimpleName()).toList();
  }
}
