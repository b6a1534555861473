package io.clusterrecovery.etcd;

import io.clusterrecovery.RecoveryException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What a new member and its host show, looked at once a second beside everything else: a host that
 * has stopped answering must not hold up the promotion. Used from one thread.
 */
final class LearnerLook {
  private static final Duration EVERY = Duration.ofSeconds(1);

  /** What one look may hold up at most. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final EtcdCluster cluster;
  private final MemberStarter.Start start;
  private @Nullable CompletableFuture<Seen> pending;
  private @Nullable Duration asked;
  private Seen last = new Seen(Optional.empty(), OptionalLong.empty(), OptionalLong.empty());

  LearnerLook(EtcdCluster cluster, MemberStarter.Start start) {
    this.cluster = cluster;
    this.start = start;
  }

  /**
   * What was seen last.
   *
   * @param failure why etcd will not come up by itself, if that is known
   * @param received how many bytes of a database the host holds
   * @param index the raft index that the member tells
   */
  record Seen(Optional<String> failure, OptionalLong received, OptionalLong index) {}

  Seen at(Duration now, EtcdMember member) {
    if (pending == null && (asked == null || now.minus(asked).compareTo(EVERY) >= 0)) {
      asked = now;
      pending = Concurrently.start(() -> look(member));
      take(PATIENCE);
    } else if (pending != null) {
      take(Duration.ZERO);
    }
    return last;
  }

  private void take(Duration patience) {
    CompletableFuture<Seen> look = pending;
    if (look == null) {
      return;
    }
    try {
      last = look.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      pending = null;
    } catch (TimeoutException e) {
      // It is asked for again at the next look.
    } catch (ExecutionException e) {
      pending = null;
      throw new IllegalStateException("a look at " + start + " failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Seen look(EtcdMember member) {
    OptionalLong index = member.started() ? index(member) : OptionalLong.empty();
    try {
      Optional<String> failure = member.started() ? Optional.empty() : start.failure();
      return new Seen(failure, start.received(), index);
    } catch (RecoveryException e) {
      return new Seen(Optional.empty(), OptionalLong.empty(), index);
    }
  }

  private OptionalLong index(EtcdMember member) {
    for (var url : member.clientUrls()) {
      try (EtcdClient client = cluster.connect(url)) {
        EtcdClient.EndpointStatus status = client.status();
        if (status.memberId().equals(member.id())) {
          return OptionalLong.of(status.raftIndex());
        }
      } catch (EtcdCallException e) {
        // Its own port may answer late, or not from here; what the host shows counts as well.
      }
    }
    return OptionalLong.empty();
  }
}
