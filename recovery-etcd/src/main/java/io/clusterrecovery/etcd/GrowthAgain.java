package io.clusterrecovery.etcd;

import io.clusterrecovery.Plan;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.etcd.MemberExpander.ExpansionSettings;
import io.clusterrecovery.etcd.MemberStarter.JoiningMember;
import io.clusterrecovery.etcd.MemberStarter.Stage;
import io.clusterrecovery.etcd.MembershipMove.Refuse;
import java.util.List;

/** Looks at a new host and at the cluster once more, for a second try. */
record GrowthAgain(ExpansionSettings settings, ClusterCalls calls, RunContext run) {

  MemberGrowth of(MemberToAdd add) {
    List<VoterReport> reports = new MembershipObserver(calls.cluster()).reports();
    Plan.Builder plan = Plan.of("grow etcd", add.name());
    MemberStarter.Start start =
        settings.starter().prepareStart(JoiningMember.of(add, Stage.NEW, reports), run, plan);
    List<MembershipMove> moves = MembershipForecast.of(reports, List.of(add));
    if (moves.get(moves.size() - 1) instanceof Refuse refuse) {
      refuse.why().forEach(plan::refuse);
    }
    ExpansionAct.requireNone(plan.build().refusals(), run);
    return MemberGrowth.of(add, Stage.NEW, start, moves);
  }
}
