package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RecoveryException;
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
  private final List<MemberGrowth> growths;
  private final RunContext run;
  private final MembershipObserver observer;

  ExpansionAct(ExpansionSettings settings, List<MemberGrowth> growths, RunContext run) {
    this.settings = settings;
    this.growths = growths;
    this.run = run;
    this.observer = new MembershipObserver(settings.cluster());
  }

  Membership result() {
    for (MemberGrowth growth : growths) {
      if (growth.stage() != Stage.VOTER) {
        grow(growth);
      }
      growth.start().settled();
    }
    return readBack();
  }

  private void grow(MemberGrowth growth) {
    LearnerSteps learner = new LearnerSteps(settings.cluster(), growth, run);
    if (growth.stage() == Stage.NEW) {
      run.change(growth.addLearner(), learner::add);
    }
    try {
      if (growth.stage() != Stage.LEARNER) {
        run.change(growth.startEtcd(), () -> growth.start().start(initialCluster(growth)));
      }
      run.change(growth.promote(), () -> learner.promote(settings.syncLimit()));
    } catch (RecoveryException e) {
      new GrowthUndo(settings.cluster(), growth, learner, run).after(e);
    }
    readBack();
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
        reports.stream().filter(r -> r.health() != VoterReport.Health.HEALTHY).findFirst();
    if (sick.isPresent()) {
      return Poll.notYet(sick.get().voter().label() + ": " + sick.get().detail());
    }
    return MembershipRules.differ(reports)
        ? Poll.notYet("the lists differ")
        : Poll.done(reports.get(0).members());
  }
}
