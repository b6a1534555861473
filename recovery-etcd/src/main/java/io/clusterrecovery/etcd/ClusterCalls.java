package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Poll;
import java.util.function.Function;

/** Questions put to whichever endpoint of a cluster answers. */
record ClusterCalls(EtcdCluster cluster) {

  /**
   * The question is put again when etcd would not or did not answer: what was done is looked up.
   */
  <T> Poll<T> ask(Function<EtcdClient, Poll<T>> question) {
    String seen = "no endpoint";
    for (var endpoint : cluster.endpoints()) {
      try (EtcdClient client = cluster.connect(endpoint)) {
        return question.apply(client);
      } catch (EtcdCallException e) {
        if (e.kind() == EtcdCallException.Kind.ACCESS_DENIED) {
          return Poll.never(Code.ETCD_ACCESS_DENIED, e.getMessage() + ".", "Check certificates.");
        }
        seen = String.valueOf(e.getMessage());
      }
    }
    return Poll.notYet(seen);
  }
}
