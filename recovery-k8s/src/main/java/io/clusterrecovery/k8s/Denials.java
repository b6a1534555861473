package io.clusterrecovery.k8s;

import io.clusterrecovery.Clock;
import io.clusterrecovery.Code;
import io.clusterrecovery.Poll;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells a client that is not allowed from an API server that is just starting, which refuses
 * everybody until it has read the permissions.
 */
final class Denials {
  private static final Duration STARTING = Duration.ofMinutes(1);

  private final Clock clock;
  private @Nullable Duration since;

  Denials(Clock clock) {
    this.clock = clock;
  }

  /** {@return what a look at the API gives, or what its failure means for whoever waits} */
  <T> Poll<T> around(Supplier<Poll<T>> look) {
    try {
      Poll<T> seen = look.get();
      none();
      return seen;
    } catch (ApiFailure e) {
      return judge(e);
    }
  }

  void none() {
    since = null;
  }

  <T> Poll<T> judge(ApiFailure failure) {
    if (!failure.denied()) {
      since = null;
      return Poll.notYet(failure.said());
    }
    Duration now = clock.elapsed();
    Duration first = since == null ? now : since;
    since = first;
    if (now.minus(first).compareTo(STARTING) < 0) {
      return Poll.notYet(failure.said());
    }
    return Poll.never(
        Code.API_ACCESS_DENIED,
        failure.said() + ".",
        "Give the client the credentials and permissions that this needs.");
  }
}
