package io.clusterrecovery.etcd;

import static java.util.Collections.disjoint;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.etcd.EtcdClient.EndpointStatus;
import io.clusterrecovery.etcd.MemberEvidence.ClientAnswer;
import io.clusterrecovery.etcd.MemberEvidence.PeerPort;
import io.clusterrecovery.etcd.MemberEvidence.Standing;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

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
   * @param snapshotted the members that the snapshot names: the list to go by if the survivor's
   *     etcd does not answer, and else those of an earlier time, who may run still
   */
  QuorumObservation observe(List<EtcdMember> snapshotted) {
    URI endpoint = cluster.endpoints().get(0);
    try (EtcdClient client = cluster.connect(endpoint)) {
      List<EtcdMember> members = client.members();
      List<EtcdMember> all = withFormer(members, snapshotted);
      return observation(all, Optional.of(client.status()), "the survivor's etcd");
    } catch (EtcdCallException e) {
      if (e.kind() == EtcdCallException.Kind.ACCESS_DENIED) {
        throw new RefusedException(
            new Refusal(
                Code.ETCD_ACCESS_DENIED,
                "etcd does not accept this client: " + e.getMessage() + ".",
                "Check the certificates given with tls(ca, cert, key)."),
            e);
      }
      return observation(snapshotted, Optional.empty(), "the snapshot, since etcd does not answer");
    }
  }

  /** Former members have no vote any more; but one that lives is a second cluster beside this. */
  static List<EtcdMember> withFormer(List<EtcdMember> members, List<EtcdMember> snapshotted) {
    List<EtcdMember> all = new ArrayList<>(members);
    snapshotted.stream()
        .filter(s -> members.stream().noneMatch(m -> m.name().equals(s.name())))
        .filter(s -> members.stream().noneMatch(m -> !disjoint(m.peerUrls(), s.peerUrls())))
        .map(EtcdMember::withoutVote)
        .forEach(all::add);
    return all;
  }

  private QuorumObservation observation(
      List<EtcdMember> members, Optional<EndpointStatus> status, String source) {
    List<EtcdMember> others = members.stream().filter(m -> !isSurvivor(m)).toList();
    CompletableFuture<Map<URI, PeerPort>> ports =
        Concurrently.start(() -> PeerPorts.ask(survivor, others));
    List<ClientAnswer> answers =
        Concurrently.map(members, member -> answer(member, status.isPresent()));
    Map<URI, PeerPort> asked = Concurrently.join(ports);
    List<MemberEvidence> evidence = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      evidence.add(evidence(members.get(i), answers.get(i), asked));
    }
    return new QuorumObservation(evidence, status, source);
  }

  private ClientAnswer answer(EtcdMember member, boolean survivorAnswers) {
    if (isSurvivor(member)) {
      return survivorAnswers ? ask(cluster.endpoints().get(0)) : ClientAnswer.SILENT;
    }
    return member.clientUrls().stream()
        .map(this::ask)
        .min(Enum::compareTo)
        .orElse(ClientAnswer.SILENT);
  }

  private MemberEvidence evidence(
      EtcdMember member, ClientAnswer answer, Map<URI, PeerPort> ports) {
    if (isSurvivor(member)) {
      return new MemberEvidence(member, Standing.SURVIVOR, answer, PeerPort.NOT_ASKED);
    }
    Standing standing =
        vouchedLost.contains(member.name()) ? Standing.VOUCHED_LOST : Standing.UNMENTIONED;
    return new MemberEvidence(member, standing, answer, PeerPorts.of(member, ports));
  }

  private ClientAnswer ask(URI endpoint) {
    try (EtcdClient client = cluster.connect(endpoint)) {
      EndpointStatus before = client.status();
      if (readSucceeds(client)) {
        return ClientAnswer.READ_SUCCEEDED;
      }
      return sinceThen(client, before);
    } catch (EtcdCallException e) {
      return answered(e);
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
  private static ClientAnswer sinceThen(EtcdClient client, EndpointStatus before) {
    try {
      EndpointStatus after = client.status();
      if (after.raftIndex() != before.raftIndex()) {
        return ClientAnswer.COMMITS;
      }
      return after.seesLeader() ? ClientAnswer.SEES_LEADER : ClientAnswer.SEES_NO_LEADER;
    } catch (EtcdCallException e) {
      return before.seesLeader() ? ClientAnswer.SEES_LEADER : ClientAnswer.SEES_NO_LEADER;
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
