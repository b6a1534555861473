package io.clusterrecovery.testkit;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** A fault that a host has until this is closed. */
public final class InjectedFault implements AutoCloseable {
  private final Fault fault;
  private final LabHost host;
  private final AtomicBoolean mended = new AtomicBoolean();

  private InjectedFault(Fault fault, LabHost host) {
    this.fault = fault;
    this.host = host;
  }

  static InjectedFault of(Fault fault, LabHost host) {
    Objects.requireNonNull(fault, "fault");
    fault.begin(host);
    return new InjectedFault(fault, host);
  }

  /**
   * Mends it, and returns when the host is as it was, services that take their time to be ready
   * aside; a second call does nothing.
   *
   * @throws IllegalStateException if the host is off, by another fault
   * @throws LabException if it cannot be mended, as when a boot since then has mended it
   */
  @Override
  public void close() {
    if (!mended.getAndSet(true)) {
      fault.end(host);
    }
  }

  /** {@return what is wrong, with whom, and whether it still is} */
  @Override
  public String toString() {
    return fault + " at " + host.name() + (mended.get() ? " (mended)" : "");
  }
}
