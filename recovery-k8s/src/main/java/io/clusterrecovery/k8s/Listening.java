package io.clusterrecovery.k8s;

import io.clusterrecovery.Poll;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Waits by listening: what is there is judged at once, and then whenever an object has changed or a
 * second has passed. An API server that goes away meanwhile is waited for.
 */
final class Listening {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** The listening is the pause. */
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private final RunContext run;
  private final ObjectFeed feed;
  private final Denials denials;
  private Duration patience = Duration.ZERO;

  Listening(RunContext run, ObjectFeed feed) {
    this.run = run;
    this.feed = feed;
    this.denials = new Denials(run.clock());
  }

  <T> T await(String name, Duration limit, Supplier<Poll<T>> judge) {
    return run.await(Wait.named(name, limit).every(AT_ONCE), () -> look(judge));
  }

  private <T> Poll<T> look(Supplier<Poll<T>> judge) {
    Duration listening = patience;
    patience = PATIENCE;
    return denials.around(
        () -> {
          feed.next(listening);
          return judge.get();
        });
  }
}
