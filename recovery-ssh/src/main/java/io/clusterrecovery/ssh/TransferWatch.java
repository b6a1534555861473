package io.clusterrecovery.ssh;

import io.clusterrecovery.Clock;
import io.clusterrecovery.TransferProgress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Watches one transfer: tells how far it has come, and notices when it stands still. */
final class TransferWatch {
  private static final Duration LOOK = Duration.ofMillis(25);
  private static final Duration EVERY = Duration.ofMillis(250);
  private static final Duration STILL = Duration.ofSeconds(60);

  /** A slow disk digests this many bytes in a second. */
  private static final long DIGEST_SPEED = 20L << 20;

  private final String file;
  private final Clock clock;
  private final Failures failures;
  private final Consumer<TransferProgress> progress;
  private final AtomicLong done = new AtomicLong();
  private volatile long total;
  private volatile long begun;
  private volatile boolean arrived;
  private long told = -1;
  private Duration toldAt = Duration.ZERO;

  TransferWatch(
      String file,
      long total,
      Clock clock,
      Failures failures,
      Consumer<TransferProgress> progress) {
    this.file = file;
    this.total = total;
    this.clock = clock;
    this.failures = failures;
    this.progress = progress;
  }

  /** {@return how long reading and digesting so many bytes may take on a host} */
  static Duration digestLimit(long bytes) {
    return STILL.plusSeconds(bytes / DIGEST_SPEED);
  }

  /** Sets how many bytes there are, where that was not known from the start. */
  void total(long bytes) {
    total = bytes;
  }

  /** Notes that so much is there already, and the rest is now on its way. */
  void begin(long there) {
    begun = there;
    done.set(there);
  }

  void count(long bytes) {
    done.addAndGet(bytes);
  }

  /** Notes that the other side has it all; what is left is to prove that it is right. */
  void arrived() {
    arrived = true;
  }

  /** Returns when the host's side has ended, and lets go of it in any case. */
  void untilEnd(Exec exec, String what) {
    try {
      long last = -1;
      Duration since = clock.elapsed();
      while (!exec.await(LOOK)) {
        long now = done.get();
        if (now != last) {
          last = now;
          since = clock.elapsed();
        }
        tellOnTheWay(now);
        requireMoving(what, clock.elapsed().minus(since), now);
      }
    } catch (InterruptedException e) {
      throw failures.interrupted(what, "whether the file was put in place", e);
    } finally {
      exec.abandon();
    }
  }

  /** Tells that it is about to begin. */
  void tellStart() {
    tell(0);
  }

  /** Tells that all has gone over. */
  void tellEnd() {
    tell(total);
  }

  /** All of it is told of only once the other side has it. */
  private void tellOnTheWay(long now) {
    Duration time = clock.elapsed();
    if (arrived) {
      tell(total);
    } else if (time.minus(toldAt).compareTo(EVERY) >= 0) {
      toldAt = time;
      tell(Math.min(now, Math.max(0, total - 1)));
    }
  }

  private void tell(long bytes) {
    if (bytes != told && total >= 0) {
      told = bytes;
      progress.accept(new TransferProgress(file, failures.host(), bytes, total));
    }
  }

  private void requireMoving(String what, Duration still, long now) {
    Duration limit = now == begun || now >= total ? digestLimit(total) : STILL;
    if (still.compareTo(limit) > 0) {
      throw failures.timedOut(
          what,
          limit,
          "%d of %d bytes, then nothing moved".formatted(now, total),
          "Check line and disk, then do it again; no half file stands in the place of the whole.");
    }
  }
}
