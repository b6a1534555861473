package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import io.clusterrecovery.etcd.GrowthUndo.Ended;
import io.clusterrecovery.etcd.MemberExpander.ExpansionSettings;
import io.clusterrecovery.etcd.MemberStarter.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carries a growth out, member by member. */
final class ExpansionAct {
  private static final Duration LIST_LIMIT = Duration.ofMinutes(1);
  private static final Duration PACE = Duration.ofMillis(300);

  private final ExpansionSettings settings;
  private final List<MembershipMove.Remove> removals;
  private final List<MemberGrowth> growths;
  private final RunContext run;
  private final ClusterCalls calls;

  ExpansionAct(
      ExpansionSettings settings,
      List<MembershipMove.Remove> removals,
      List<MemberGrowth> growths,
      RunContext run) {
    this.settings = settings;
    this.removals = removals;
    this.growths = growths;
    this.run = run;
    this.calls = new ClusterCalls(settings.cluster());
  }

  Membership result() {
    try (calls) {
      return grown();
    }
  }

  private Membership grown() {
    calls.learn(observer().reports());
    removals.forEach(this::remove);
    for (MemberGrowth growth : growths) {
      MemberGrowth grown = growth.stage() == Stage.VOTER ? growth : grow(growth);
      grown.start().settled();
      if (growth.stage() != Stage.VOTER && growth.add().replaces().isPresent()) {
        ReplacedMember.forget(growth.add().host());
      }
    }
    return readBack();
  }

  private void remove(MembershipMove.Remove move) {
    requireNext(move);
    requireNone(new ReplacedMembers(settings.adds()).signsOfLife(List.of(move.member())), run);
    run.change(
        move.change().orElseThrow(),
        () -> {
          replacing(move.member()).forEach(add -> remember(move.member(), add));
          new DeadMember(calls, move.member(), run).remove();
        });
    readBack();
  }

  private List<MemberToAdd> replacing(EtcdMember failed) {
    return settings.adds().stream().filter(add -> add.replaces(failed)).toList();
  }

  private void remember(EtcdMember failed, MemberToAdd add) {
    String cluster = VoterReport.clusterId(observer().reports()).orElse("");
    new ReplacedMember(cluster, failed.id(), failed.name()).writeTo(add.host(), run.runId());
  }

  /** What was decided a while ago is decided again, of what is there now. */
  private void requireNext(MembershipMove planned) {
    MembershipMove now = MembershipDecision.next(observer().reports(), settings.adds());
    requireNone(now instanceof MembershipMove.Refuse refuse ? refuse.why() : List.of(), run);
    if (!now.change().equals(planned.change())) {
      throw run.failure(
          Code.CONCURRENT_CHANGE,
          "Next would be '%s', but now it is '%s'."
              .formatted(MembershipMove.words(planned), MembershipMove.words(now)),
          "Find out who changes this cluster's membership, then run the step again.",
          null);
    }
  }

  /** Ends a growth that is under way, by the first of what speaks against going on. */
  static void requireNone(List<Refusal> refusals, RunContext run) {
    if (!refusals.isEmpty()) {
      Refusal first = refusals.get(0);
      throw run.failure(first.code(), first.found(), first.next(), null);
    }
  }

  /** Gives the growth that led to the vote: the planned one, or its second try. */
  private MemberGrowth grow(MemberGrowth growth) {
    MemberGrowth grown = growth;
    Optional<RecoveryException> stalled = attempt(growth);
    if (stalled.isPresent()) {
      run.line(stalled.get().found() + " It was removed again, and is tried once more.");
      grown = new GrowthAgain(settings, calls, run).of(growth.add());
      Optional<RecoveryException> again = attempt(grown);
      if (again.isPresent()) {
        throw again.get();
      }
    }
    Membership membership = readBack();
    if (growth.add().addedByStarter()) {
      requireNone(GrownRow.of(growth.add(), membership.members()).refusals(), run);
    }
    return grown;
  }

  /** Gives the failure of a member that made no progress, once its add is undone. */
  private Optional<RecoveryException> attempt(MemberGrowth growth) {
    LearnerSteps steps = new LearnerSteps(calls, growth, run);
    growth.start().clearing().ifPresent(c -> run.change(c, growth.start()::clear));
    List<MembershipMove> left = new ArrayList<>(growth.moves());
    if (left.get(0) instanceof MembershipMove.Add add) {
      requireNext(add);
      if (!growth.add().addedByStarter()) {
        run.change(add.change().orElseThrow(), () -> steps.add(add.role()));
        left.remove(add);
      }
    }
    try {
      left.forEach(move -> carryOut(move, growth, steps));
      return Optional.empty();
    } catch (RecoveryException e) {
      if (e.code() == Code.INTERRUPTED) {
        throw e;
      }
      GrowthUndo undo = new GrowthUndo(settings.cluster(), growth, steps, run);
      undo.endStarter(e);
      if (new SecondVoter(settings, growth, steps, run)
          .votesAfter(e, () -> initialCluster(growth))) {
        return Optional.empty();
      }
      if (undo.after(e) == Ended.VOTES) {
        return Optional.empty();
      }
      if (e.code() == Code.LEARNER_STALLED) {
        return Optional.of(e);
      }
      throw e;
    }
  }

  private void carryOut(MembershipMove move, MemberGrowth growth, LearnerSteps steps) {
    run.change(
        move.change().orElseThrow(),
        () -> {
          if (move instanceof MembershipMove.Add) {
            growth.start().add();
          } else if (move instanceof MembershipMove.Start) {
            growth.start().start(initialCluster(growth));
          }
          if (move.leadsToVote()) {
            new GrowthWatch(settings, growth, steps, run).untilVote(settings.syncLimit());
          }
        });
  }

  private List<String> initialCluster(MemberGrowth growth) {
    List<String> cluster = new ArrayList<>();
    for (EtcdMember member : listed()) {
      boolean itself = member.peerUrls().contains(growth.add().peerUrl());
      String name = itself ? growth.add().name() : member.name();
      member.peerUrls().forEach(url -> cluster.add(name + "=" + url));
    }
    return cluster;
  }

  private List<EtcdMember> listed() {
    return run.await(
        Wait.named("the list of members", LIST_LIMIT).every(PACE),
        () -> calls.ask(client -> Poll.done(client.members())));
  }

  /** A member that goes away now is waited for: it may be one without which there is no quorum. */
  private Membership readBack() {
    Wait wait =
        Wait.named("every voter lists the same, healthy members", settings.returnLimit())
            .every(PACE);
    List<VoterReport> reports = run.await(wait, this::agreement);
    calls.learn(reports);
    String cluster = VoterReport.clusterId(reports).orElseThrow();
    return new Membership(cluster, MembershipRules.members(reports), run.changed());
  }

  private Poll<List<VoterReport>> agreement() {
    List<VoterReport> reports;
    try {
      reports = observer().reports();
    } catch (RefusedException e) {
      return Poll.notYet(e.found());
    }
    Optional<VoterReport> sick =
        reports.stream().filter(r -> !r.isHealthy() && isAwaited(r.voter())).findFirst();
    if (sick.isPresent()) {
      return Poll.notYet(words(sick.get(), reports));
    }
    return new MembershipAgreement(reports).mayYetCome()
        ? Poll.notYet("the voters do not agree")
        : Poll.done(reports);
  }

  private static String words(VoterReport sick, List<VoterReport> reports) {
    String seen = sick.voter().label() + ": " + sick.detail();
    Quorum quorum = new Quorum(reports.size());
    boolean lost = reports.stream().filter(VoterReport::isHealthy).count() < quorum.needed();
    return lost ? "%s; %s is lost, and nothing more is changed".formatted(seen, quorum) : seen;
  }

  /** Of a failed member that is still to be removed nothing is awaited. */
  private boolean isAwaited(EtcdMember voter) {
    return removals.stream().noneMatch(r -> r.member().id().equals(voter.id()));
  }

  private MembershipObserver observer() {
    return new MembershipObserver(calls.cluster());
  }
}
