package io.clusterrecovery.ssh;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/**
 * How fast a line is, from when the other side has so much.
 *
 * <p>The first of it goes slowly, over a long line and in a young process; the speed is known once
 * it no longer rises, or once waiting for that would cost more than it brings. It is that of the
 * last moments, not of one piece, since a busy machine takes several at a time.
 */
final class LinkSpeed {
  private static final double SETTLING_SECONDS = 0.25;

  /** A young process may be what is slow on a line this fast; waiting costs little there. */
  private static final double FAST = 150e6;

  private static final double SETTLING_SECONDS_IF_FAST = 0.75;
  private static final double LONGEST_SECONDS = 1.5;
  private static final double SHORTEST_LOOK = 0.1;
  private static final double LOOK = 0.2;
  private static final double RISING = 1.25;
  private static final long LEAST_PIECE = 1 << 20;
  private static final long MOST_PIECE = 16 << 20;

  /** So much was there at that moment. */
  private record Seen(long there, long nanos) {}

  private final Deque<Seen> seen = new ArrayDeque<>();
  private long begun = -1;
  private double before;
  private double rate;
  private long piece = LEAST_PIECE;

  /** Takes the moment, in nanoseconds, at which it goes on, with that much over there. */
  synchronized void resume(long there, long nanos) {
    begun = begun < 0 ? nanos : begun;
    seen.clear();
    seen.add(new Seen(there, nanos));
  }

  /** Hears that so many bytes are over there at that moment. */
  synchronized void heard(long there, long nanos) {
    if (there - seen.getLast().there() < LEAST_PIECE) {
      return;
    }
    Seen from = seen.getFirst();
    for (Seen each : seen) {
      from = seconds(each, nanos) >= LOOK ? each : from;
    }
    if (seconds(seen.getLast(), nanos) < SHORTEST_LOOK) {
      piece = Math.min(MOST_PIECE, 2 * piece);
    }
    seen.add(new Seen(there, nanos));
    if (seconds(from, nanos) >= SHORTEST_LOOK) {
      before = rate;
      rate = (there - from.there()) / seconds(from, nanos);
    }
  }

  /**
   * {@return how many bytes to send before the next look at the clock: more after each that took no
   * time, so that what a piece costs by itself does not count}
   */
  synchronized long piece() {
    return piece;
  }

  /**
   * {@return the speed in bytes a second as it looks until now, or 0: what is left may be faster}
   */
  synchronized double soFar() {
    return rate;
  }

  /** {@return the speed in bytes a second, once it is known} */
  synchronized OptionalDouble known() {
    if (rate == 0) {
      return OptionalDouble.empty();
    }
    double seconds = (seen.getLast().nanos() - begun) / 1e9;
    double settling = rate > FAST ? SETTLING_SECONDS_IF_FAST : SETTLING_SECONDS;
    boolean settled = seconds >= settling && before > 0 && rate < before * RISING;
    return settled || seconds >= LONGEST_SECONDS ? OptionalDouble.of(rate) : OptionalDouble.empty();
  }

  private static double seconds(Seen since, long nanos) {
    return (nanos - since.nanos()) / 1e9;
  }
}
