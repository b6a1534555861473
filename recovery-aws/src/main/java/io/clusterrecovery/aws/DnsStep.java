package io.clusterrecovery.aws;

import io.clusterrecovery.Plan;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RunContext;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.route53.Route53Client;

/** What an update and its rollback have in common: look, decide, show, act on exactly that. */
final class DnsStep implements RecoveryStep<DnsResult> {
  private final String operation;
  private final Route53Client route53;
  private final DnsSettings settings;
  private final AwsPace pace;
  private final Function<DnsZone, ZoneSeen> look;
  private final Function<ZoneSeen, DnsDecision> decide;

  DnsStep(
      String operation,
      Route53Client route53,
      DnsSettings settings,
      AwsPace pace,
      Function<DnsZone, ZoneSeen> look,
      Function<ZoneSeen, DnsDecision> decide) {
    this.operation = operation;
    this.route53 = route53;
    this.settings = settings;
    this.pace = pace;
    this.look = look;
    this.decide = decide;
  }

  @Override
  public String operation() {
    return operation;
  }

  @Override
  public Prepared<DnsResult> prepare(RunContext run) {
    ZoneSeen zone = look.apply(new DnsZone(route53, run, calls(run)));
    DnsDecision decision = decide.apply(zone);
    return new Prepared<>(
        plan(zone, decision),
        acting -> new DnsAct(route53, settings, zone, decision, acting, calls(acting)).result());
  }

  private AwsCalls calls(RunContext run) {
    return AwsCalls.ofRoute53(run, settings.limits().call(), pace);
  }

  private Plan plan(ZoneSeen zone, DnsDecision decision) {
    Plan.Builder plan = Plan.of(operation, "zone " + zone.id() + " (" + zone.name() + ")");
    plan.fact("private zone", Boolean.toString(zone.isPrivate()));
    Set<RecordId> ids = new LinkedHashSet<>();
    decision.held().forEach(held -> ids.add(held.id()));
    ids.forEach(id -> plan.fact(id.toString(), DnsEdit.shown(zone.find(id))));
    decision.edits().forEach(edit -> plan.change(edit.planned(zone.id())));
    decision.refusals().forEach(plan::refuse);
    settings.accepted().shown().forEach(plan::forced);
    decision.notes().forEach(plan::note);
    note(decision, plan);
    return plan.build();
  }

  private void note(DnsDecision decision, Plan.Builder plan) {
    int batches = DnsPacking.batches(decision.edits()).size();
    if (batches > 1) {
      plan.note(
          "more than Route 53 takes at once: %d batches, each whole or not".formatted(batches));
    }
    Duration oldTtl = Duration.ofSeconds(decision.longestOldTtl());
    if (oldTtl.compareTo(settings.limits().oldTtl()) > 0) {
      plan.note(
          "resolvers may give an old answer for %d s; that is waited for %d s at most"
              .formatted(oldTtl.toSeconds(), settings.limits().oldTtl().toSeconds()));
    }
  }
}
