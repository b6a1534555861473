package io.clusterrecovery.aws;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeStatus;

/** Carries the edits of a zone out, and reads them back. */
final class DnsAct {
  private static final Duration PACE = Duration.ofSeconds(1);

  private final Route53Client route53;
  private final DnsSettings settings;
  private final ZoneSeen zone;
  private final DnsDecision decision;
  private final RunContext run;
  private final AwsCalls calls;
  private final DnsBatches batches;

  DnsAct(
      Route53Client route53,
      DnsSettings settings,
      ZoneSeen zone,
      DnsDecision decision,
      RunContext run,
      AwsCalls calls) {
    this.route53 = route53;
    this.settings = settings;
    this.zone = zone;
    this.decision = decision;
    this.run = run;
    this.calls = calls;
    this.batches =
        new DnsBatches(run, zone.id(), decision.held().stream().map(DnsDecision.Held::id).toList());
  }

  DnsResult result() {
    DnsPacking.batches(decision.edits()).forEach(this::submit);
    List<DnsBatches.Batch> own = batches.all();
    own.stream().filter(batch -> !batches.inSync(batch)).forEach(b -> awaitSync(b.id()));
    Optional<Instant> staleUntil =
        own.stream().map(batches::staleUntil).max(Comparator.naturalOrder());
    List<DnsRecord> records = own.isEmpty() && decision.edits().isEmpty() ? records() : verified();
    staleUntil.ifPresent(this::awaitOldTtl);
    settings.resolvers().forEach(this::awaitResolver);
    return new DnsResult(zone.id(), records, run.changed(), staleUntil, batches.edits());
  }

  private void submit(List<DnsEdit> batch) {
    batches.intend(batch);
    DnsSubmission submission = new DnsSubmission(route53, zone.id(), batch, run, calls);
    List<Change> changes = batch.stream().map(edit -> edit.planned(zone.id())).toList();
    long oldTtl = batch.stream().mapToLong(DnsEdit::oldTtl).max().orElse(0);
    Together.change(
        run,
        changes,
        () -> submission.changeId().ifPresent(id -> batches.add(new DnsBatches.Batch(id, oldTtl))));
  }

  private void awaitSync(String changeId) {
    Wait wait = Wait.named("Route 53 change " + changeId + " in sync", settings.limits().sync());
    calls.await(
        wait.every(PACE),
        () -> {
          ChangeStatus status = calls.look(limit -> status(changeId, limit));
          return status == ChangeStatus.INSYNC
              ? Poll.done(status)
              : Poll.notYet("the change is " + status);
        });
  }

  private ChangeStatus status(String changeId, AwsRequestOverrideConfiguration limit) {
    return route53
        .getChange(r -> r.id(changeId).overrideConfiguration(limit))
        .changeInfo()
        .status();
  }

  private List<DnsRecord> verified() {
    List<String> names = decision.held().stream().map(held -> held.id().name()).toList();
    ZoneSeen now = new DnsZone(route53, run, calls).with(zone, names);
    List<DnsConflictException.Conflict> conflicts =
        decision.held().stream()
            .filter(held -> !isHeld(held, now))
            .map(
                held ->
                    new DnsConflictException.Conflict(
                        held.id().toString(),
                        DnsEdit.shown(held.record()),
                        DnsEdit.shown(now.find(held.id()))))
            .toList();
    if (!conflicts.isEmpty()) {
      DnsConflictException typed = new DnsConflictException(conflicts, null);
      throw run.failure(
          Code.CONCURRENT_CHANGE,
          "The zone was changed, and is not as it was left when read back: %s."
              .formatted(typed.getMessage()),
          "Find out who else writes to zone " + zone.id() + ", then run this again.",
          typed);
    }
    return records();
  }

  private static boolean isHeld(DnsDecision.Held held, ZoneSeen now) {
    Optional<RecordSeen> found = now.find(held.id());
    return held.record().isEmpty()
        ? found.isEmpty()
        : found.filter(record -> record.holds(held.record().get().values())).isPresent();
  }

  private List<DnsRecord> records() {
    return decision.held().stream()
        .flatMap(held -> held.record().stream())
        .map(DnsRecord::of)
        .toList();
  }

  // The one wait here that is for time itself: resolvers may give the old answer until it is over.
  private void awaitOldTtl(Instant staleUntil) {
    Duration left = Duration.between(run.clock().now(), staleUntil);
    Duration time =
        left.compareTo(settings.limits().oldTtl()) > 0 ? settings.limits().oldTtl() : left;
    if (time.isZero() || time.isNegative()) {
      return;
    }
    Duration start = run.clock().elapsed();
    run.await(
        new Wait("old answers to leave the caches of resolvers", time.plusSeconds(10), PACE),
        () -> {
          Duration passed = run.clock().elapsed().minus(start);
          return passed.compareTo(time) >= 0
              ? Poll.done(time)
              : Poll.notYet("resolvers may still give the old answer");
        });
  }

  private void awaitResolver(String address) {
    Duration limit = settings.limits().oldTtl().plus(settings.limits().sync());
    DnsResolver resolver = new DnsResolver(address);
    run.await(
        Wait.named("resolver " + address + " gives the records", limit),
        () -> {
          Optional<String> differs = resolver.firstDifference(decision.held());
          return differs.isEmpty() ? Poll.done(address) : Poll.notYet(differs.get());
        });
  }
}
