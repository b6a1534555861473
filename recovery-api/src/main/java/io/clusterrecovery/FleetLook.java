package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/** The look at one host, in a thread of its own. */
final class FleetLook<T> {
  private final RemoteHost host;
  private final Duration limit;
  private final Duration end;
  private final FutureTask<T> task;

  private FleetLook(
      RemoteHost host,
      Function<RemoteHost, T> look,
      Duration limit,
      Duration end,
      Queue<FleetLook<T>> ended) {
    this.host = host;
    this.limit = limit;
    this.end = end;
    this.task =
        new FutureTask<>(() -> requireNonNull(look.apply(host), "the look gave nothing")) {
          @Override
          protected void done() {
            ended.add(FleetLook.this);
          }
        };
  }

  static <T> FleetLook<T> start(
      RemoteHost host,
      Function<RemoteHost, T> look,
      Duration limit,
      Duration end,
      Queue<FleetLook<T>> ended) {
    FleetLook<T> started = new FleetLook<>(host, look, limit, end, ended);
    Thread thread = new Thread(started.task, "fleet-" + host.name());
    thread.setDaemon(true);
    thread.start();
    return started;
  }

  RemoteHost host() {
    return host;
  }

  Duration limit() {
    return limit;
  }

  /** When its limit is reached, as the clock has it. */
  Duration end() {
    return end;
  }

  /** {@return what was seen; only asked for when it has ended} */
  T result() throws InterruptedException, ExecutionException {
    return task.get();
  }

  /** Interrupts it and waits no more. */
  void leave() {
    task.cancel(true);
  }
}
