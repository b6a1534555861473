package io.clusterrecovery.etcd;

import io.clusterrecovery.Plan;
import io.clusterrecovery.Refusal;
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
    requireNone(plan.build().refusals());
    return MemberGrowth.of(add, Stage.NEW, start, moves);
  }

  private void requireNone(List<Refusal> refusals) {
    if (!refusals.isEmpty()) {
      Refusal first = refusals.get(0);
      throw run.failure(first.code(), first.found(), first.next(), null);
    }
  }
}
