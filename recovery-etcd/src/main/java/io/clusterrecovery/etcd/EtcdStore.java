package io.clusterrecovery.etcd;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.ApiServerLease;
import io.clusterrecovery.ClusterStore;
import io.clusterrecovery.Code;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The etcd below a Kubernetes API, as checks after a restore look at it. Immutable and thread-safe;
 * connects for each call, and stays connected after none.
 */
public final class EtcdStore implements ClusterStore {
  /** Where Kubernetes keeps its objects, and where OpenShift does. */
  private static final List<String> PREFIXES = List.of("/registry/", "/kubernetes.io/");

  private static final String API_SERVERS = "masterleases/";

  private final EtcdCluster cluster;

  private EtcdStore(EtcdCluster cluster) {
    this.cluster = cluster;
  }

  /** {@return the store that this etcd is} */
  public static EtcdStore of(EtcdCluster cluster) {
    return new EtcdStore(requireNonNull(cluster, "cluster"));
  }

  @Override
  public long revision() {
    return ask(
        client -> {
          // A member that is behind would tell of a revision that is long past.
          client.linearizableRead();
          return client.status().revision();
        });
  }

  @Override
  public List<String> alarms() {
    return ask(EtcdClient::alarms);
  }

  @Override
  public List<ApiServerLease> apiServers() {
    return ask(
        client -> {
          List<ApiServerLease> leases = new ArrayList<>();
          for (String prefix : PREFIXES) {
            String folder = prefix + API_SERVERS;
            for (Map.Entry<String, Long> key : client.keysBelow(folder).entrySet()) {
              String address = key.getKey().substring(folder.length());
              leases.add(new ApiServerLease(address, key.getKey(), key.getValue()));
            }
          }
          return leases;
        });
  }

  @Override
  public boolean forget(ApiServerLease lease) {
    return ask(client -> client.deleteUnchanged(lease.key(), lease.version()));
  }

  private <T> T ask(Function<EtcdClient, T> question) {
    Poll<T> answer = answer(question);
    if (answer instanceof Poll.Done<T> done) {
      return done.value();
    }
    if (answer instanceof Poll.Never<T> never) {
      throw unusable(never.code(), never.found(), never.next());
    }
    String found = cluster + " does not answer: " + ((Poll.NotYet<T>) answer).seen() + ".";
    throw unusable(Code.ETCD_UNREACHABLE, found, "Check endpoints and service of etcd.");
  }

  private <T> Poll<T> answer(Function<EtcdClient, T> question) {
    try (ClusterCalls calls = new ClusterCalls(cluster)) {
      return calls.ask(client -> Poll.done(question.apply(client)));
    }
  }

  private static RecoveryException unusable(Code code, String found, String next) {
    return new RefusedException(new Refusal(code, found, next), null);
  }

  @Override
  public String toString() {
    return cluster.toString();
  }
}
