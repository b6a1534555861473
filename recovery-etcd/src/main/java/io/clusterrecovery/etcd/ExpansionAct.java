package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import io.clusterrecovery.etcd.MemberExpander.ExpansionSettings;
import io.clusterrecovery.etcd.MemberStarter.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carries a growth out, member by member. */
final class ExpansionAct {
  private static final Duration AGREE_LIMIT = Duration.ofMinutes(1);
  private static final Duration PACE = Duration.ofMillis(300);

  private final ExpansionSettings settings;
  private final List<MembershipMove.Remove> removals;
  private final List<MemberGrowth> growths;
  private final RunContext run;
  private final MembershipObserver observer;

  ExpansionAct(
      ExpansionSettings settings,
      List<MembershipMove.Remove> removals,
      List<MemberGrowth> growths,
      RunContext run) {
    this.settings = settings;
    this.removals = removals;
    this.growths = growths;
    this.run = run;
    this.observer = new MembershipObserver(settings.cluster());
  }

  Membership result() {
    removals.forEach(this::remove);
    for (MemberGrowth growth : growths) {
      if (growth.stage() != Stage.VOTER) {
        grow(growth);
      }
      growth.start().settled();
    }
    return readBack();
  }

  private void remove(MembershipMove.Remove move) {
    requireNext(move);
    requireNone(new ReplacedMembers(settings.adds()).signsOfLife(List.of(move.member())));
    run.change(
        move.change().orElseThrow(),
        () -> new DeadMember(settings.cluster(), move.member(), run).remove());
    readBack();
  }

  /** What was decided a while ago is decided again, of what is there now. */
  private void requireNext(MembershipMove planned) {
    MembershipMove now = MembershipDecision.next(observer.reports(), settings.adds());
    requireNone(now instanceof MembershipMove.Refuse refuse ? refuse.why() : List.of());
    if (!now.change().equals(planned.change())) {
      throw run.failure(
          Code.CONCURRENT_CHANGE,
          "Next would be '%s', but now it is '%s'."
              .formatted(MembershipMove.words(planned), MembershipMove.words(now)),
          "Find out who changes this cluster's membership, then run the step again.",
          null);
    }
  }

  private void requireNone(List<Refusal> refusals) {
    if (!refusals.isEmpty()) {
      Refusal first = refusals.get(0);
      throw run.failure(first.code(), first.found(), first.next(), null);
    }
  }

  private void grow(MemberGrowth growth) {
    LearnerSteps steps = new LearnerSteps(settings.cluster(), growth, run);
    List<MembershipMove> left = new ArrayList<>(growth.moves());
    if (left.get(0) instanceof MembershipMove.Add add) {
      requireNext(add);
      run.change(add.change().orElseThrow(), () -> steps.add(add.role()));
      left.remove(add);
    }
    try {
      left.forEach(move -> carryOut(move, growth, steps));
    } catch (RecoveryException e) {
      new GrowthUndo(settings.cluster(), growth, steps, run).after(e);
    }
    readBack();
  }

  private void carryOut(MembershipMove move, MemberGrowth growth, LearnerSteps steps) {
    run.change(
        move.change().orElseThrow(),
        () -> {
          if (move instanceof MembershipMove.Start) {
            growth.start().start(initialCluster(growth));
          }
          if (move.leadsToVote()) {
            steps.promote(settings.syncLimit());
          }
        });
  }

  private List<String> initialCluster(MemberGrowth growth) {
    List<String> cluster = new ArrayList<>();
    for (EtcdMember member : observer.members()) {
      boolean itself = member.peerUrls().contains(growth.add().peerUrl());
      String name = itself ? growth.add().name() : member.name();
      member.peerUrls().forEach(url -> cluster.add(name + "=" + url));
    }
    return cluster;
  }

  private Membership readBack() {
    Wait wait = Wait.named("every voter lists the same, healthy members", AGREE_LIMIT).every(PACE);
    List<EtcdMember> members = run.await(wait, this::agreement);
    try (EtcdClient client = settings.cluster().connect(settings.cluster().endpoints().get(0))) {
      return new Membership(client.status().clusterId(), members, run.changed());
    } catch (EtcdCallException e) {
      throw run.failure(
          Code.ETCD_UNREACHABLE, e.getMessage() + ".", "Look at that member's log.", e);
    }
  }

  private Poll<List<EtcdMember>> agreement() {
    List<VoterReport> reports;
    try {
      reports = observer.reports();
    } catch (RefusedException e) {
      return Poll.notYet(e.found());
    }
    Optional<VoterReport> sick =
        reports.stream().filter(r -> !r.isHealthy() && isAwaited(r.voter())).findFirst();
    if (sick.isPresent()) {
      return Poll.notYet(sick.get().voter().label() + ": " + sick.get().detail());
    }
    return new MembershipAgreement(reports).mayYetCome()
        ? Poll.notYet("the voters do not agree")
        : Poll.done(MembershipRules.members(reports));
  }

  /** Of a failed member that is still to be removed nothing is awaited. */
  private boolean isAwaited(EtcdMember voter) {
    return removals.stream().noneMatch(r -> r.member().id().equals(voter.id()));
  }
}
