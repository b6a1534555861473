package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Poll;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Questions put to whichever endpoint of a cluster answers; the one that answered last is asked
 * first, so that a dead one is not waited for each time, and stays connected. Used from one thread.
 */
final class ClusterCalls implements AutoCloseable {
  private EtcdCluster cluster;
  private @Nullable EtcdClient connected;

  ClusterCalls(EtcdCluster cluster) {
    this.cluster = cluster;
  }

  EtcdCluster cluster() {
    return cluster;
  }

  /** Asks voters that are known by now too: the endpoints that were given may all be dead. */
  void learn(List<VoterReport> reports) {
    cluster =
        cluster.preferring(
            reports.stream()
                .filter(VoterReport::isHealthy)
                .flatMap(r -> r.voter().clientUrls().stream())
                .toList());
  }

  /**
   * The question is put again when etcd would not or did not answer: what was done is looked up.
   */
  <T> Poll<T> ask(Function<EtcdClient, Poll<T>> question) {
    String seen = "no endpoint";
    for (URI endpoint : cluster.endpoints()) {
      try {
        Poll<T> answer = question.apply(client(endpoint));
        cluster = cluster.preferring(List.of(endpoint));
        return answer;
      } catch (EtcdCallException e) {
        close();
        if (e.kind() == EtcdCallException.Kind.ACCESS_DENIED) {
          return Poll.never(Code.ETCD_ACCESS_DENIED, e.getMessage() + ".", "Check certificates.");
        }
        seen = String.valueOf(e.getMessage());
      }
    }
    return Poll.notYet(seen);
  }

  private EtcdClient client(URI endpoint) {
    EtcdClient there = connected;
    if (there != null && there.endpoint().equals(endpoint)) {
      return there;
    }
    close();
    EtcdClient made = cluster.connect(endpoint);
    connected = made;
    return made;
  }

  @Override
  public void close() {
    EtcdClient there = connected;
    connected = null;
    if (there != null) {
      there.close();
    }
  }
}
