package io.clusterrecovery.ssh;

import io.clusterrecovery.Clock;
import io.clusterrecovery.RecoveryException;
import java.time.Duration;

/** Follows a detached command through lost connections, within one limit. */
final class JobFollower {
  private static final int CHUNK = 256 << 10;
  private static final int LOOKS = 20;
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

  private final RemoteJob job;
  private final Clock clock;
  private final Failures failures;
  private Duration pause = FIRST_PAUSE;
  private String seen = "nothing yet";

  JobFollower(RemoteJob job, Clock clock, Failures failures) {
    this.job = job;
    this.clock = clock;
    this.failures = failures;
  }

  void follow(LineSplitter splitter, Duration limit) {
    Duration end = clock.elapsed().plus(limit);
    while (true) {
      Duration left = end.minus(clock.elapsed());
      if (left.isNegative() || left.isZero()) {
        throw failures.timedOut(
            "the end of the detached command " + job.name(),
            limit,
            seen,
            "It goes on by itself; follow it again from byte " + splitter.next() + ".");
      }
      if (ended(splitter, left)) {
        splitter.finish();
        return;
      }
    }
  }

  private boolean ended(LineSplitter splitter, Duration left) {
    JobStatus status;
    try {
      int looks = (int) Math.min(LOOKS, left.dividedBy(LOOK));
      status = job.present(job.lookOnce(splitter.next(), CHUNK, looks));
    } catch (RecoveryException e) {
      if (!Away.is(e)) {
        throw e;
      }
      seen = e.found();
      rest(left);
      return false;
    }
    pause = FIRST_PAUSE;
    splitter.add(status.output().array());
    seen = "it runs, " + status.size() + " bytes of output";
    return status.state() != JobStatus.State.RUNNING && splitter.next() >= status.size();
  }

  private void rest(Duration left) {
    try {
      clock.pause(left.compareTo(pause) < 0 ? left : pause);
    } catch (InterruptedException e) {
      throw failures.interrupted("following " + job, "nothing: it goes on by itself", e);
    }
    Duration twice = pause.multipliedBy(2);
    pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }
}
