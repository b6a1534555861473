package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.etcd.EtcdClient.EndpointStatus;
import io.clusterrecovery.etcd.MemberEvidence.ClientAnswer;
import io.clusterrecovery.etcd.MemberEvidence.PeerPort;
import io.clusterrecovery.etcd.MemberEvidence.Standing;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Asks every member of a cluster for signs of quorum, all at the same time; judges nothing. */
final class QuorumObserver {
  private final EtcdCluster cluster;
  private final RemoteHost survivor;
  private final String survivorName;
  private final Set<String> vouchedLost;

  QuorumObserver(
      EtcdCluster cluster, RemoteHost survivor, String survivorName, Set<String> vouchedLost) {
    this.cluster = cluster;
    this.survivor = survivor;
    this.survivorName = survivorName;
    this.vouchedLost = vouchedLost;
  }

  /**
   * Looks once.
   *
   * @param fallback the member list to go by if the survivor's etcd does not answer
   */
  QuorumObservation observe(List<EtcdMember> fallback) {
    URI endpoint = cluster.endpoints().get(0);
    try (EtcdClient client = cluster.connect(endpoint)) {
      List<EtcdMember> members = client.members();
      return observation(members, Optional.of(client.status()), "the survivor's etcd");
    } catch (EtcdCallException e) {
      if (e.kind() == EtcdCallException.Kind.ACCESS_DENIED) {
        throw new RefusedException(
            new Refusal(
                Code.ETCD_ACCESS_DENIED,
                "etcd does not accept this client: " + e.getMessage() + ".",
                "Check the certificates given with tls(ca, cert, key)."),
            e);
      }
      return observation(fallback, Optional.empty(), "the snapshot, since etcd does not answer");
    }
  }

  private QuorumObservation observation(
      List<EtcdMember> members, Optional<EndpointStatus> status, String source) {
    Map<URI, PeerPort> ports =
        PeerPorts.ask(survivor, members.stream().filter(m -> !isSurvivor(m)).toList());
    List<MemberEvidence> evidence =
        Concurrently.map(members, member -> evidence(member, status.isPresent(), ports));
    return new QuorumObservation(evidence, status, source);
  }

  private MemberEvidence evidence(
      EtcdMember member, boolean survivorAnswers, Map<URI, PeerPort> ports) {
    if (isSurvivor(member)) {
      ClientAnswer answer = survivorAnswers ? ask(cluster.endpoints().get(0)) : ClientAnswer.SILENT;
      return new MemberEvidence(member, Standing.SURVIVOR, answer, PeerPort.NOT_ASKED);
    }
    Standing standing =
        vouchedLost.contains(member.name()) ? Standing.VOUCHED_LOST : Standing.UNMENTIONED;
    ClientAnswer answer =
        member.clientUrls().stream()
            .map(this::ask)
            .min(Enum::compareTo)
            .orElse(ClientAnswer.SILENT);
    return new MemberEvidence(member, standing, answer, PeerPorts.of(member, ports));
  }

  private ClientAnswer ask(URI endpoint) {
    try (EtcdClient client = cluster.connect(endpoint)) {
      OptionalLong before = commitIndex(client);
      if (readSucceeds(client)) {
        return ClientAnswer.READ_SUCCEEDED;
      }
      OptionalLong after = commitIndex(client);
      boolean moved = before.isPresent() && after.isPresent() && !before.equals(after);
      return moved ? ClientAnswer.COMMITS : leaderSeen(client);
    } catch (EtcdCallException e) {
      return answered(e);
    }
  }

  private static OptionalLong commitIndex(EtcdClient client) {
    try {
      return OptionalLong.of(client.status().raftIndex());
    } catch (EtcdCallException e) {
      return OptionalLong.empty();
    }
  }

  private static boolean readSucceeds(EtcdClient client) {
    try {
      client.linearizableRead();
      return true;
    } catch (EtcdCallException e) {
      return false;
    }
  }

  /** Asked after the read has failed: a leader that is just gone is forgotten by then. */
  private static ClientAnswer leaderSeen(EtcdClient client) {
    try {
      return client.status().seesLeader() ? ClientAnswer.SEES_LEADER : ClientAnswer.SEES_NO_LEADER;
    } catch (EtcdCallException e) {
      return answered(e);
    }
  }

  /** A refusal is an answer too: something lives there. */
  private static ClientAnswer answered(EtcdCallException failure) {
    return failure.kind() == EtcdCallException.Kind.NO_ANSWER
        ? ClientAnswer.SILENT
        : ClientAnswer.SEES_NO_LEADER;
  }

  private boolean isSurvivor(EtcdMember member) {
    return member.name().equals(survivorName);
  }
}
