package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The calls to the cluster that make a learner and turn it into a voter. */
final class LearnerSteps {
  private static final Duration ADD_LIMIT = Duration.ofMinutes(1);
  private static final Duration PROOF_LIMIT = Duration.ofMinutes(1);
  private static final Duration PACE = Duration.ofMillis(300);

  private final ClusterCalls calls;
  private final MemberGrowth growth;
  private final RunContext run;
  private String id = "";

  /** What a member is by the list of the cluster. */
  enum Standing {
    /** It is not listed. */
    ABSENT,
    /** Quorum is there without it: it is a learner, or was never started. */
    LEARNER,
    /** It counts for quorum. */
    VOTER
  }

  /**
   * A member, and the cluster beside it.
   *
   * @param total how many bytes the cluster's database has
   * @param leaderIndex the raft index of the voter that was asked
   */
  record Found(EtcdMember member, long total, long leaderIndex) {}

  LearnerSteps(ClusterCalls calls, MemberGrowth growth, RunContext run) {
    this.calls = calls;
    this.growth = growth;
    this.run = run;
  }

  /** Adds the member; etcd refuses for some seconds after an earlier one has joined. */
  void add(EtcdMember.Role role) {
    id =
        run.await(
            Wait.named("etcd accepts " + name(), ADD_LIMIT).every(PACE),
            () ->
                calls.ask(
                    client -> {
                      Optional<EtcdMember> listed = listed(client);
                      return Poll.done(
                          listed.isPresent() ? listed.get().id() : client.add(peerUrl(), role));
                    }));
  }

  /** The member as the cluster lists it now, and how far the cluster itself is. */
  Poll<Found> found() {
    return calls.ask(
        client -> {
          EtcdMember member = listed(client).orElseThrow(this::vanished);
          EtcdClient.EndpointStatus status = client.status();
          return Poll.done(new Found(member, status.databaseBytes(), status.raftIndex()));
        });
  }

  /** Why the member must not be promoted now; every voter is asked. */
  Optional<String> againstPromotion(List<MemberToAdd> wanted, MemberToAdd add) {
    List<VoterReport> reports;
    try {
      reports = new MembershipObserver(calls.cluster()).reports();
    } catch (RefusedException e) {
      return Optional.of(e.found());
    }
    calls.learn(reports);
    MembershipMove next = MembershipDecision.next(reports, wanted);
    if (next instanceof MembershipMove.Promote promote && promote.wanted().equals(add)) {
      return Optional.empty();
    }
    return Optional.of(
        next instanceof MembershipMove.Refuse refuse
            ? refuse.why().get(0).found()
            : "next is: " + MembershipMove.words(next));
  }

  /**
   * The member, if quorum needs it although it has never started: then nothing can be committed,
   * not even its removal. A list that one member gives by itself is enough to go on, but proves
   * nothing.
   */
  Optional<EtcdMember> neededBeforeItStarts() {
    Poll<Optional<EtcdMember>> needed =
        calls.ask(
            client -> {
              List<EtcdMember> voters =
                  client.members().stream().filter(EtcdMember::votes).toList();
              return Poll.done(
                  voters.stream()
                      .filter(v -> voters.size() == 2 && !v.started())
                      .filter(v -> v.peerUrls().contains(peerUrl()))
                      .findFirst());
            });
    return needed instanceof Poll.Done<Optional<EtcdMember>> done ? done.value() : Optional.empty();
  }

  /** Promotes it, unless etcd finds that it is not in sync. */
  Poll<String> promoted(EtcdMember member) {
    return calls.ask(
        client -> {
          client.promote(member.id());
          return Poll.done(member.id());
        });
  }

  /**
   * What the member is.
   *
   * @throws RecoveryException if that cannot be known
   */
  Standing proven() {
    return run.await(
        Wait.named("a read that proves whether " + name() + " votes", PROOF_LIMIT).every(PACE),
        () -> calls.ask(client -> Poll.done(standing(client))));
  }

  private static boolean isVoter(EtcdMember member) {
    return member.votes() && member.started();
  }

  private Standing standing(EtcdClient client) {
    return listed(client)
        .map(m -> isVoter(m) ? Standing.VOTER : Standing.LEARNER)
        .orElse(Standing.ABSENT);
  }

  /** Removes the learner by its id; returns once the cluster is proven not to list it. */
  void remove() {
    run.await(
        Wait.named("member " + name() + " removed", ADD_LIMIT).every(PACE),
        () ->
            calls.ask(
                client -> {
                  Optional<EtcdMember> member = listed(client);
                  if (member.filter(LearnerSteps::isVoter).isPresent()) {
                    return votesMeanwhile();
                  }
                  member.ifPresent(m -> client.remove(m.id()));
                  return standing(client) == Standing.ABSENT
                      ? Poll.done(name())
                      : Poll.notYet("etcd still lists it");
                }));
  }

  private Poll<String> votesMeanwhile() {
    return Poll.never(
        Code.CONCURRENT_CHANGE,
        "Member %s votes by now, so it was not removed.".formatted(name()),
        "Run the step again; it goes on from there.");
  }

  /**
   * The read comes first: without it, an endpoint that lags behind, or has lost its quorum, gives
   * the list as it was.
   */
  private Optional<EtcdMember> listed(EtcdClient client) {
    client.linearizableRead();
    Optional<EtcdMember> member =
        client.members().stream()
            .filter(m -> m.id().equals(id) || m.peerUrls().contains(peerUrl()))
            .findFirst();
    member.ifPresent(m -> id = m.id());
    return member;
  }

  private RuntimeException vanished() {
    return run.failure(
        Code.CONCURRENT_CHANGE,
        "Member %s was removed by somebody else while it was learning.".formatted(name()),
        "Find out who changes this cluster's membership, then run the step again.",
        null);
  }

  private String name() {
    return growth.add().name();
  }

  private URI peerUrl() {
    return growth.add().peerUrl();
  }
}
