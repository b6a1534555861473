package io.clusterrecovery.etcd;

import io.clusterrecovery.etcd.EtcdClient.EndpointStatus;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What one voter says of the cluster.
 *
 * @param voter the voter
 * @param health how it is
 * @param members the members as it lists them; empty if it did not answer
 * @param status which cluster it is of, whom it follows and how far its log is, if it answered
 * @param detail what was seen, for people
 */
record VoterReport(
    EtcdMember voter,
    Health health,
    List<EtcdMember> members,
    Optional<EndpointStatus> status,
    String detail) {

  /** How a voter is. */
  enum Health {
    /** A linearizable read through it succeeded. */
    HEALTHY,
    /** It answers, and cannot read. */
    WITHOUT_QUORUM,
    /** It does not answer, or another member answers at its URLs. */
    SILENT
  }

  boolean isHealthy() {
    return health == Health.HEALTHY;
  }

  /** What a plan shows of it; how far its log is changes all the time, and is left out. */
  String shown() {
    String words = health.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return status.map(s -> words + ", etcd " + s.version()).orElse(words);
  }

  /** The id of the cluster that they are of, as the first that answers tells it. */
  static Optional<String> clusterId(List<VoterReport> reports) {
    return reports.stream()
        .flatMap(report -> report.status().stream())
        .map(EtcdClient.EndpointStatus::clusterId)
        .findFirst();
  }
}
