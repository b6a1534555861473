package io.clusterrecovery.aws;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeStatus;

/** Carries the edits of a zone out, and reads them back. */
final class DnsAct {
  private static final Duration PACE = Duration.ofSeconds(1);

  private final Route53Client route53;
  private final DnsSettings settings;
  private final AwsPace pace;
  private final DnsRules.Decision decision;
  private final RunContext run;
  private final AwsCalls calls;
  private final DnsBatches batches;

  DnsAct(
      Route53Client route53,
      DnsSettings settings,
      AwsPace pace,
      DnsRules.Decision decision,
      RunContext run) {
    this.route53 = route53;
    this.settings = settings;
    this.pace = pace;
    this.decision = decision;
    this.run = run;
    this.calls = AwsCalls.ofRoute53(run, settings.callLimit(), pace);
    this.batches = new DnsBatches(run, settings.zoneId(), decision.wanted().keySet());
  }

  DnsResult result() {
    if (!decision.edits().isEmpty()) {
      submit();
    }
    List<DnsBatches.Batch> own = batches.all();
    own.stream().filter(batch -> !batches.inSync(batch)).forEach(b -> awaitSync(b.id()));
    List<Duration> left = own.stream().map(batches::leftOfOldTtl).toList();
    if (!own.isEmpty()) {
      verify();
      awaitOldTtl(Collections.max(left));
    }
    return new DnsResult(settings.zoneId(), decision.wanted(), run.changed());
  }

  private void submit() {
    DnsSubmission submission = new DnsSubmission(route53, settings, pace, decision.edits(), run);
    List<Change> changes =
        decision.edits().stream().map(e -> e.planned(settings.zoneId())).toList();
    long oldTtl =
        decision.edits().stream()
            .flatMap(e -> e.old().stream())
            .mapToLong(RecordSeen::ttl)
            .max()
            .orElse(0);
    Together.change(
        run, changes, () -> batches.add(() -> new DnsBatches.Batch(submission.changeId(), oldTtl)));
  }

  private void awaitSync(String changeId) {
    Wait wait = Wait.named("Route 53 change " + changeId + " in sync", settings.syncLimit());
    calls.await(
        wait.every(PACE),
        () -> {
          ChangeStatus status = calls.look(limit -> status(changeId, limit));
          return status == ChangeStatus.INSYNC
              ? Poll.done(status)
              : Poll.notYet("the change is " + status);
        });
  }

  private ChangeStatus status(
      String changeId, software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration limit) {
    return route53
        .getChange(r -> r.id(changeId).overrideConfiguration(limit))
        .changeInfo()
        .status();
  }

  private void verify() {
    ZoneSeen now = new DnsObserver(route53, settings, pace).look(run);
    for (Map.Entry<String, String> record : decision.wanted().entrySet()) {
      boolean held =
          now.named(record.getKey()).stream()
              .anyMatch(r -> r.type().equals("A") && r.holds(record.getValue()));
      if (!held) {
        throw run.failure(
            Code.CONCURRENT_CHANGE,
            "Record %s was set to %s, and is %s when read back."
                .formatted(record.getKey(), record.getValue(), now.shown(record.getKey())),
            "Find out who else writes to zone " + settings.zoneId() + ", then run this again.",
            null);
      }
    }
  }

  // The one wait here that is for time itself: resolvers may give the old answer until it is over.
  private void awaitOldTtl(Duration ttl) {
    if (!settings.awaitsOldTtl() || ttl.isZero()) {
      return;
    }
    Duration start = run.clock().elapsed();
    run.await(
        new Wait("old answers to leave the caches of resolvers", ttl.plusSeconds(10), PACE),
        () -> {
          Duration left = ttl.minus(run.clock().elapsed().minus(start));
          return left.isZero() || left.isNegative()
              ? Poll.done(ttl)
              : Poll.notYet("resolvers may still give the old answer");
        });
  }
}
