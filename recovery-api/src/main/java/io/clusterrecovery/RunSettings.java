package io.clusterrecovery;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** What all steps of one run share. */
record RunSettings(
    RunId runId,
    Clock clock,
    EventListener listener,
    Confirmation confirmation,
    Deadline deadline,
    RunMemory memory,
    HostLocks locks) {
  private static final Logger LOG = System.getLogger(RunContext.class.getName());

  /** {@return the same with locks of its own, for an operation by itself} */
  RunSettings lockingByItself() {
    return new RunSettings(runId, clock, listener, confirmation, deadline, memory, locks.another());
  }

  /** One event after the other, whichever threads of the run they come from. */
  void tell(Event event) {
    try {
      synchronized (listener) {
        listener.on(event);
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a listener failed; the recovery goes on", e);
    }
  }
}
