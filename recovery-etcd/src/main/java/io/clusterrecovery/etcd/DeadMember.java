package io.clusterrecovery.etcd;

import io.clusterrecovery.Poll;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import java.time.Duration;

/** A failed member that is taken off the list of the cluster. */
record DeadMember(ClusterCalls calls, EtcdMember member, RunContext run) {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration PACE = Duration.ofMillis(300);

  /** Removes it by its id; returns once the cluster is proven not to list it. */
  void remove() {
    run.await(
        Wait.named("failed member " + member.callName() + " removed", LIMIT).every(PACE),
        () ->
            calls.ask(
                client -> {
                  if (isListed(client)) {
                    client.remove(member.id());
                  }
                  return isListed(client)
                      ? Poll.notYet("etcd still lists it")
                      : Poll.done(member.id());
                }));
  }

  /** The read comes first: without it, an endpoint that lags behind gives the list as it was. */
  private boolean isListed(EtcdClient client) {
    client.linearizableRead();
    return client.members().stream().anyMatch(m -> m.id().equals(member.id()));
  }
}
