package io.clusterrecovery.etcd;

import io.clusterrecovery.Plan;
import io.clusterrecovery.Poll;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import io.clusterrecovery.etcd.MemberExpander.ExpansionSettings;
import io.clusterrecovery.etcd.MemberStarter.JoiningMember;
import io.clusterrecovery.etcd.MemberStarter.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at voters and new hosts, and makes the plan of a growth. */
final class ExpansionPreparation {
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(10);
  private static final Duration PACE = Duration.ofMillis(300);

  private final ExpansionSettings settings;
  private final RunContext run;
  private final Plan.Builder plan;

  ExpansionPreparation(ExpansionSettings settings, String operation, RunContext run) {
    this.settings = settings;
    this.run = run;
    this.plan = Plan.of(operation, settings.cluster().toString());
    settings.adds().forEach(a -> a.host().forced().forEach(plan::forced));
  }

  Prepared<Membership> prepared() {
    Optional<List<EtcdMember>> members = look(this::members);
    int voters = (int) members.orElse(List.of()).stream().filter(EtcdMember::votes).count();
    List<MemberGrowth> growths = new ArrayList<>();
    for (MemberToAdd add : settings.adds()) {
      Stage stage = stage(members, add);
      int before = voters;
      look(() -> growth(add, stage, before)).ifPresent(growths::add);
      voters += stage == Stage.VOTER ? 0 : 1;
    }
    growths.forEach(g -> g.planned().forEach(plan::change));
    return new Prepared<>(
        plan.build(), acting -> new ExpansionAct(settings, growths, acting).result());
  }

  /** What cannot be looked at is a reason to refuse, and hides no reason found elsewhere. */
  private <T> Optional<T> look(Supplier<T> source) {
    try {
      return Optional.of(source.get());
    } catch (RefusedException e) {
      e.refusals().forEach(plan::refuse);
    } catch (RecoveryException e) {
      plan.refuse(e.code(), e.found(), e.next());
    }
    return Optional.empty();
  }

  private List<EtcdMember> members() {
    List<VoterReport> reports = settledReports();
    reports.forEach(r -> plan.fact("voter " + r.voter().label(), r.health().toString()));
    MembershipRules.refusals(reports, settings.adds()).forEach(plan::refuse);
    return reports.stream()
        .map(VoterReport::members)
        .filter(m -> !m.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /**
   * Voters learn of a change one after the other: what they differ in is looked at again for a few
   * seconds before it is judged.
   */
  private List<VoterReport> settledReports() {
    MembershipObserver observer = new MembershipObserver(settings.cluster());
    Duration start = run.clock().elapsed();
    return run.await(
        Wait.named("the voters list the same members", SETTLE_LIMIT.multipliedBy(2)).every(PACE),
        () -> {
          List<VoterReport> reports = observer.reports();
          boolean late = run.clock().elapsed().minus(start).compareTo(SETTLE_LIMIT) > 0;
          return late || !MembershipRules.differ(reports)
              ? Poll.done(reports)
              : Poll.notYet("the lists differ");
        });
  }

  /** Where the members are not known, data on a new host may be right, and is not judged. */
  private Stage stage(Optional<List<EtcdMember>> members, MemberToAdd add) {
    if (members.isEmpty()) {
      return Stage.VOTER;
    }
    Stage stage = MembershipRules.stage(members.get(), add);
    plan.fact("member " + add.name(), stage.toString());
    return stage;
  }

  private MemberGrowth growth(MemberToAdd add, Stage stage, int voters) {
    JoiningMember joining = new JoiningMember(add.name(), add.peerUrl(), add.host(), stage);
    MemberStarter.Start start = settings.starter().prepareStart(joining, run, plan);
    return new MemberGrowth(add, stage, start, voters);
  }
}
