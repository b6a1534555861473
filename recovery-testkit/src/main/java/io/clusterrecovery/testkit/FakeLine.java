package io.clusterrecovery.testkit;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.StepFailedException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The way to a fake host, by which each call goes. Thread-safe. */
final class FakeLine {
  private final String host;
  private final AtomicInteger callsToBreak = new AtomicInteger();
  private volatile boolean unreachable;
  private volatile boolean closed;

  FakeLine(String host) {
    this.host = host;
  }

  void unreachable(boolean now) {
    unreachable = now;
  }

  void breakAt(int call) {
    if (call < 1) {
      throw new IllegalArgumentException("the very next call is 1, not " + call);
    }
    callsToBreak.set(call);
  }

  void close() {
    closed = true;
  }

  <T> T over(Supplier<T> call) {
    if (closed) {
      throw new IllegalStateException("fake host " + host + " is closed");
    }
    if (unreachable) {
      throw new RefusedException(
          new Refusal(Code.HOST_UNREACHABLE, host + " does not answer.", "Make it reachable."),
          null);
    }
    T done = call.get();
    if (callsToBreak.getAndUpdate(left -> Math.max(0, left - 1)) == 1) {
      throw new StepFailedException(
          Code.CONNECTION_LOST,
          "The connection to " + host + " broke.",
          List.of(),
          "whether the host did what it was told",
          "Run it again.",
          null);
    }
    return done;
  }
}
