package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.etcd.VoterReport.Health;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

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
    List<String> failures = new ArrayList<>();
    for (URI endpoint : cluster.endpoints()) {
      try (EtcdClient client = cluster.connect(endpoint)) {
        return client.members();
      } catch (EtcdCallException e) {
        failures.add(String.valueOf(e.getMessage()));
      }
    }
    throw new RefusedException(
        new Refusal(
            Code.ETCD_UNREACHABLE,
            "No endpoint of etcd answers: " + String.join("; ", failures) + ".",
            "Check addresses and certificates; without quorum, restore it first."),
        null);
  }

  private VoterReport report(EtcdMember voter) {
    if (voter.clientUrls().isEmpty()) {
      return new VoterReport(voter, Health.SILENT, List.of(), "it has never started");
    }
    URI endpoint = voter.clientUrls().get(0);
    try (EtcdClient client = cluster.connect(endpoint)) {
      List<EtcdMember> members = client.members();
      return read(voter, client, members);
    } catch (EtcdCallException e) {
      return new VoterReport(voter, Health.SILENT, List.of(), String.valueOf(e.getMessage()));
    }
  }

  private static VoterReport read(EtcdMember voter, EtcdClient client, List<EtcdMember> members) {
    try {
      client.linearizableRead();
      return new VoterReport(voter, Health.HEALTHY, members, "reads");
    } catch (EtcdCallException e) {
      return new VoterReport(voter, Health.WITHOUT_QUORUM, members, String.valueOf(e.getMessage()));
    }
  }
}
