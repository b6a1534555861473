package io.clusterrecovery.etcd;

import io.clusterrecovery.Event;
import io.clusterrecovery.EventListener;

/** Does something once, when a line is told. */
final class AtLine implements EventListener {
  private final String beginning;
  private final Runnable act;
  private boolean done;

  AtLine(String beginning, Runnable act) {
    this.beginning = beginning;
    this.act = act;
  }

  @Override
  public void on(Event event) {
    if (!done && event instanceof Event.Line line && line.text().startsWith(beginning)) {
      done = true;
      act.run();
    }
  }
}
