package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.etcd.EtcdClient.EndpointStatus;
import io.clusterrecovery.etcd.MemberEvidence.ClientAnswer;
import io.clusterrecovery.etcd.MemberEvidence.PeerPort;
import io.clusterrecovery.etcd.MemberEvidence.Standing;
import io.clusterrecovery.etcd.QuorumObservation.Source;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.function.Supplier;

/** Asks every member of a cluster for signs of quorum, all at the same time; judges nothing. */
final class QuorumObserver {
  private final EtcdCluster cluster;
  private final RemoteHost survivor;
  private final String survivorName;
  private final Set<String> vouchedLost;
  private final Map<String, RemoteHost> memberHosts;

  QuorumObserver(RestoreSettings settings) {
    this.cluster = settings.etcd();
    this.survivor = settings.survivor();
    this.survivorName = settings.memberName();
    this.vouchedLost = settings.lost();
    this.memberHosts = settings.memberHosts();
  }

  /**
   * Looks once.
   *
   * @param snapshotted the members that the snapshot names: those of an earlier time, who may run
   *     still
   * @param remembered the members that this run has seen before; empty if it has seen none. The
   *     list to go by if the survivor's etcd does not answer
   * @param own the members in the survivor's own data; empty if it is not known. The list to go by
   *     after that
   */
  QuorumObservation observe(
      List<EtcdMember> snapshotted, List<EtcdMember> remembered, Supplier<List<EtcdMember>> own) {
    return observe(snapshotted, () -> silent(snapshotted, remembered, own));
  }

  /**
   * Looks again where the survivor's etcd was silent before: the others are not kept waiting for
   * it, and are asked once more only if it answers after all.
   *
   * @param known the members that were seen before
   */
  QuorumObservation observeBesideASilentOne(List<EtcdMember> snapshotted, List<EtcdMember> known) {
    CompletableFuture<QuorumObservation> beside =
        Concurrently.start(
            () -> observation(withFormer(known, snapshotted), Optional.empty(), Source.THIS_RUN));
    return observe(snapshotted, () -> Concurrently.join(beside));
  }

  private QuorumObservation observe(
      List<EtcdMember> snapshotted, Supplier<QuorumObservation> ifSilent) {
    URI endpoint = cluster.endpoints().get(0);
    try (EtcdClient client = cluster.connect(endpoint)) {
      List<EtcdMember> members = client.members();
      List<EtcdMember> all = withFormer(members, snapshotted);
      return observation(all, Optional.of(client.status()), Source.ETCD);
    } catch (EtcdCallException e) {
      if (e.kind() == EtcdCallException.Kind.ACCESS_DENIED) {
        throw new RefusedException(
            new Refusal(
                Code.ETCD_ACCESS_DENIED,
                "etcd does not accept this client: " + e.getMessage() + ".",
                "Check the certificates given with tls(ca, cert, key)."),
            e);
      }
      return ifSilent.get();
    }
  }

  private QuorumObservation silent(
      List<EtcdMember> snapshotted, List<EtcdMember> remembered, Supplier<List<EtcdMember>> own) {
    if (!remembered.isEmpty()) {
      return observation(withFormer(remembered, snapshotted), Optional.empty(), Source.THIS_RUN);
    }
    List<EtcdMember> owned = own.get();
    return owned.isEmpty()
        ? observation(snapshotted, Optional.empty(), Source.SNAPSHOT)
        : observation(withFormer(owned, snapshotted), Optional.empty(), Source.OWN_DATA);
  }

  /**
   * Former members have no vote any more; but one that lives is a second cluster beside this. A new
   * member often takes over a former one's peer URL; what is left of the former one is its client
   * URL.
   */
  static List<EtcdMember> withFormer(List<EtcdMember> members, List<EtcdMember> snapshotted) {
    Set<URI> taken = new HashSet<>();
    members.forEach(m -> taken.addAll(m.peerUrls()));
    members.forEach(m -> taken.addAll(m.clientUrls()));
    List<EtcdMember> all = new ArrayList<>(members);
    snapshotted.stream()
        .filter(s -> members.stream().noneMatch(m -> m.id().equals(s.id())))
        .map(s -> s.formerly(taken))
        .filter(s -> !s.peerUrls().isEmpty() || !s.clientUrls().isEmpty())
        .forEach(all::add);
    return all;
  }

  private QuorumObservation observation(
      List<EtcdMember> members, Optional<EndpointStatus> status, Source source) {
    List<EtcdMember> others = members.stream().filter(m -> !isSurvivor(m)).toList();
    LongAccumulator highest =
        new LongAccumulator(Math::max, status.map(EndpointStatus::revision).orElse(0L));
    CompletableFuture<Map<URI, PeerPort>> ports =
        Concurrently.start(() -> PeerPorts.ask(survivor, others));
    CompletableFuture<List<HostSight>> hosts =
        Concurrently.start(() -> Concurrently.map(members, this::onItsHost));
    List<ClientAnswer> answers =
        Concurrently.map(members, member -> answer(member, status.isPresent(), highest));
    Map<URI, PeerPort> asked = Concurrently.join(ports);
    List<HostSight> sights = Concurrently.join(hosts);
    List<MemberEvidence> evidence = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      evidence.add(evidence(members.get(i), answers.get(i), asked, sights.get(i)));
    }
    return new QuorumObservation(evidence, status, source, highest.get());
  }

  private ClientAnswer answer(EtcdMember member, boolean survivorAnswers, LongAccumulator highest) {
    if (isSurvivor(member)) {
      return survivorAnswers
          ? ask(cluster.endpoints().get(0), member, highest)
          : ClientAnswer.SILENT;
    }
    return member.clientUrls().stream()
        .map(url -> ask(url, member, highest))
        .min(Enum::compareTo)
        .orElse(ClientAnswer.SILENT);
  }

  private HostSight onItsHost(EtcdMember member) {
    return memberHosts.entrySet().stream()
        .filter(entry -> member.isCalled(entry.getKey()))
        .findFirst()
        .map(entry -> HostSight.of(entry.getValue()))
        .orElse(HostSight.NOT_GIVEN);
  }

  private MemberEvidence evidence(
      EtcdMember member, ClientAnswer answer, Map<URI, PeerPort> ports, HostSight host) {
    if (isSurvivor(member)) {
      return new MemberEvidence(member, Standing.SURVIVOR, answer, PeerPort.NOT_ASKED, host);
    }
    Standing standing =
        vouchedLost.stream().anyMatch(member::isCalled)
            ? Standing.VOUCHED_LOST
            : Standing.UNMENTIONED;
    return new MemberEvidence(member, standing, answer, PeerPorts.of(member, ports), host);
  }

  /** A sign of quorum counts whoever gives it; a mere answer only if the member itself gives it. */
  private ClientAnswer ask(URI endpoint, EtcdMember member, LongAccumulator highest) {
    try (EtcdClient client = cluster.connect(endpoint)) {
      EndpointStatus before = client.status();
      highest.accumulate(before.revision());
      if (readSucceeds(client)) {
        return ClientAnswer.READ_SUCCEEDED;
      }
      ClientAnswer answer = sinceThen(client, before);
      boolean another = !isSurvivor(member) && !before.memberId().equals(member.id());
      return another && answer == ClientAnswer.SEES_NO_LEADER ? ClientAnswer.SILENT : answer;
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

  /** A former member of the same name does not vote. */
  private boolean isSurvivor(EtcdMember member) {
    return member.votes() && member.name().equals(survivorName);
  }
}
