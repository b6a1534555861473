package io.clusterrecovery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One look at every host; used by one thread, which starts, awaits and leaves behind the others.
 */
final class FleetRun<T> {
  private final String what;
  private final List<RemoteHost> hosts;
  private final Function<RemoteHost, T> look;
  private final int atATime;
  private final Duration hostLimit;
  private final Deadline deadline;
  private final Clock clock;
  private final Queue<RemoteHost> waiting;
  private final Set<FleetLook<T>> running = new LinkedHashSet<>();
  private final BlockingQueue<FleetLook<T>> ended = new LinkedBlockingQueue<>();
  private final Map<String, T> results = new HashMap<>();
  private final Map<String, RecoveryException> failures = new HashMap<>();

  FleetRun(
      String what,
      List<RemoteHost> hosts,
      Function<RemoteHost, T> look,
      int atATime,
      Duration hostLimit,
      Deadline deadline,
      Clock clock) {
    this.what = what;
    this.hosts = hosts;
    this.look = look;
    this.atATime = atATime;
    this.hostLimit = hostLimit;
    this.deadline = deadline;
    this.clock = clock;
    this.waiting = new ArrayDeque<>(hosts);
  }

  FleetResult<T> run() {
    try {
      while (!waiting.isEmpty() || !running.isEmpty()) {
        startMore();
        FleetLook<T> next = ended.poll(untilNextLimit().toNanos(), TimeUnit.NANOSECONDS);
        if (next != null && running.remove(next)) {
          keep(next);
        }
        leaveBehind();
      }
      return new FleetResult<>(inOrder(results), inOrder(failures));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      String found = "The thread was interrupted during: " + what + ".";
      Refusal refusal = new Refusal(Code.INTERRUPTED, found, "Do it again when you are ready.");
      throw new RefusedException(refusal, e);
    } finally {
      running.forEach(FleetLook::leave);
    }
  }

  private void startMore() {
    while (running.size() < atATime && !waiting.isEmpty()) {
      RemoteHost host = waiting.remove();
      Duration limit = deadline.within(hostLimit);
      if (limit.isZero()) {
        failures.put(host.name(), FleetFailures.notBegun(what, host));
      } else {
        running.add(FleetLook.start(host, look, limit, clock.elapsed().plus(limit), ended));
      }
    }
  }

  private Duration untilNextLimit() {
    Duration now = clock.elapsed();
    return running.stream()
        .map(l -> l.end().minus(now))
        .min(Duration::compareTo)
        .filter(left -> !left.isNegative())
        .orElse(Duration.ZERO);
  }

  private void keep(FleetLook<T> look) throws InterruptedException {
    try {
      results.put(look.host().name(), look.result());
    } catch (ExecutionException e) {
      failures.put(look.host().name(), FleetFailures.of(what, look.host(), e.getCause()));
    }
  }

  private void leaveBehind() {
    Duration now = clock.elapsed();
    Collection<FleetLook<T>> late =
        running.stream().filter(l -> l.end().compareTo(now) <= 0).toList();
    for (FleetLook<T> look : late) {
      running.remove(look);
      look.leave();
      failures.put(look.host().name(), FleetFailures.late(what, look.host(), look.limit()));
    }
  }

  private <V> Map<String, V> inOrder(Map<String, V> byName) {
    Map<String, V> ordered = new LinkedHashMap<>();
    for (RemoteHost host : hosts) {
      V value = byName.get(host.name());
      if (value != null) {
        ordered.put(host.name(), value);
      }
    }
    return ordered;
  }
}
