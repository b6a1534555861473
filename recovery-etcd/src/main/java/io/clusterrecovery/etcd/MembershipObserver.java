package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.etcd.EtcdCallException.Kind;
import io.clusterrecovery.etcd.EtcdClient.EndpointStatus;
import io.clusterrecovery.etcd.VoterReport.Health;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks every voter of a cluster what it knows, all at the same time; judges nothing. */
final class MembershipObserver {
  private final EtcdCluster cluster;

  MembershipObserver(EtcdCluster cluster) {
    this.cluster = cluster;
  }

  /** What every voter reports, in the order of the first list that was found. */
  List<VoterReport> reports() {
    List<EtcdMember> voters = members().stream().filter(EtcdMember::votes).toList();
    return Concurrently.map(voters, this::report);
  }

  /** The members as the first endpoint that answers lists them. */
  List<EtcdMember> members() {
    List<EtcdCallException> failures = new ArrayList<>();
    for (URI endpoint : cluster.endpoints()) {
      try (EtcdClient client = cluster.connect(endpoint)) {
        return client.members();
      } catch (EtcdCallException e) {
        failures.add(e);
      }
    }
    throw new RefusedException(unanswered(failures), failures.get(0));
  }

  private static Refusal unanswered(List<EtcdCallException> failures) {
    String seen =
        String.join("; ", failures.stream().map(e -> String.valueOf(e.getMessage())).toList());
    if (failures.stream().anyMatch(e -> e.kind() == Kind.ACCESS_DENIED)) {
      return new Refusal(
          Code.ETCD_ACCESS_DENIED,
          "etcd does not accept this client: " + seen + ".",
          "Check the certificates given with tls(ca, cert, key).");
    }
    return new Refusal(
        Code.ETCD_UNREACHABLE,
        "No endpoint of etcd answers: " + seen + ".",
        "Check addresses and certificates; without quorum, restore it first.");
  }

  private VoterReport report(EtcdMember voter) {
    if (voter.clientUrls().isEmpty()) {
      return silent(voter, "it has never started");
    }
    List<String> seen = new ArrayList<>();
    for (URI endpoint : voter.clientUrls()) {
      VoterReport report = report(voter, endpoint);
      if (report.health() != Health.SILENT) {
        return report;
      }
      seen.add(report.detail());
    }
    return silent(voter, String.join("; ", seen));
  }

  /** Advertised URLs such as {@code https://localhost:2379} lead to another member from here. */
  private VoterReport report(EtcdMember voter, URI endpoint) {
    try (EtcdClient client = cluster.connect(endpoint)) {
      EndpointStatus status = client.status();
      if (!status.memberId().equals(voter.id())) {
        return silent(
            voter,
            "%s answers as member %s, and this is member %s"
                .formatted(endpoint, status.memberId(), voter.id()));
      }
      return read(voter, client, status, client.members());
    } catch (EtcdCallException e) {
      return silent(voter, String.valueOf(e.getMessage()));
    }
  }

  private static VoterReport silent(EtcdMember voter, String detail) {
    return new VoterReport(voter, Health.SILENT, List.of(), Optional.empty(), detail);
  }

  private static VoterReport read(
      EtcdMember voter, EtcdClient client, EndpointStatus status, List<EtcdMember> members) {
    Optional<EndpointStatus> answered = Optional.of(status);
    try {
      client.linearizableRead();
      return new VoterReport(voter, Health.HEALTHY, members, answered, "reads");
    } catch (EtcdCallException e) {
      String why = String.valueOf(e.getMessage());
      return new VoterReport(voter, Health.WITHOUT_QUORUM, members, answered, why);
    }
  }
}
