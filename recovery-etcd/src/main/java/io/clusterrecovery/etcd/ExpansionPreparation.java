package io.clusterrecovery.etcd;

import io.clusterrecovery.Plan;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.etcd.MemberExpander.ExpansionSettings;
import io.clusterrecovery.etcd.MemberStarter.JoiningMember;
import io.clusterrecovery.etcd.MemberStarter.Stage;
import java.util.ArrayList;
import java.util.List;

/** Looks at voters and new hosts, and makes the plan of a growth. */
final class ExpansionPreparation {
  private final ExpansionSettings settings;
  private final RunContext run;
  private final Plan.Builder plan;

  ExpansionPreparation(ExpansionSettings settings, String operation, RunContext run) {
    this.settings = settings;
    this.run = run;
    this.plan = Plan.of(operation, settings.cluster().toString());
  }

  Prepared<Membership> prepared() {
    List<VoterReport> reports = new MembershipObserver(settings.cluster()).reports();
    reports.forEach(r -> plan.fact("voter " + r.voter().label(), r.health().toString()));
    MembershipRules.refusals(reports, settings.adds()).forEach(plan::refuse);
    List<EtcdMember> members = members(reports);
    int voters = (int) members.stream().filter(EtcdMember::votes).count();
    List<MemberGrowth> growths = new ArrayList<>();
    for (MemberToAdd add : settings.adds()) {
      Stage stage = MembershipRules.stage(members, add);
      plan.fact("member " + add.name(), stage.toString());
      growths.add(growth(add, stage, voters));
      voters += stage == Stage.VOTER ? 0 : 1;
    }
    growths.forEach(g -> g.planned().forEach(plan::change));
    return new Prepared<>(
        plan.build(), acting -> new ExpansionAct(settings, growths, acting).result());
  }

  private MemberGrowth growth(MemberToAdd add, Stage stage, int voters) {
    JoiningMember joining = new JoiningMember(add.name(), add.peerUrl(), add.host(), stage);
    MemberStarter.Start start = settings.starter().prepareStart(joining, run, plan);
    return new MemberGrowth(add, stage, start, voters);
  }

  private static List<EtcdMember> members(List<VoterReport> reports) {
    return reports.stream()
        .map(VoterReport::members)
        .filter(m -> !m.isEmpty())
        .findFirst()
        .orElse(List.of());
  }
}
