package io.clusterrecovery.aws;

import io.clusterrecovery.Code;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;

/**
 * Hands one batch to Route 53 until it is known what became of it.
 *
 * <p>A batch is a compare-and-set, so two of them can never both be carried out. All the same it is
 * not blindly repeated: after an unclear answer the zone is read first.
 */
final class DnsSubmission {
  private static final int ATTEMPTS = 3;
  private static final Duration READ_BACK_LIMIT = Duration.ofMinutes(1);

  private final Route53Client route53;
  private final String zoneId;
  private final List<DnsEdit> edits;
  private final RunContext run;
  private final AwsCalls calls;

  DnsSubmission(
      Route53Client route53, String zoneId, List<DnsEdit> edits, RunContext run, AwsCalls calls) {
    this.route53 = route53;
    this.zoneId = zoneId;
    this.edits = edits;
    this.run = run;
    this.calls = calls;
  }

  /**
   * The id of the change that made the zone hold every edit; empty if it got lost with the answer
   * and there is nothing left by which to ask again, since every edit took a record out.
   */
  Optional<String> changeId() {
    for (int attempt = 1; ; attempt++) {
      try {
        return Optional.of(submit("changing records", DnsEdit::compareAndSet));
      } catch (SdkException e) {
        boolean knowable = e instanceof InvalidChangeBatchException || AwsFailures.unclear(e);
        if (!knowable) {
          throw calls.told("changing records", e);
        }
        if (carriedOut(e)) {
          return confirmed();
        }
        if (attempt == ATTEMPTS) {
          throw calls.told("changing records", e);
        }
        run.line("The batch was not carried out (" + AwsFailures.said(e) + "); trying again.");
      }
    }
  }

  // The id got lost with the answer. A batch that replaces each record by itself has one of its
  // own, and is in sync no earlier than the batch before it.
  private Optional<String> confirmed() {
    if (edits.stream().allMatch(edit -> edit.after().isEmpty())) {
      return Optional.empty();
    }
    try {
      return Optional.of(submit("confirming records", DnsEdit::confirmation));
    } catch (SdkException e) {
      throw calls.told("confirming records", e);
    }
  }

  private String submit(String call, Function<DnsEdit, List<Change>> items) {
    List<Change> batch = edits.stream().flatMap(e -> items.apply(e).stream()).toList();
    return calls.once(
        call,
        limit ->
            route53
                .changeResourceRecordSets(
                    r ->
                        r.hostedZoneId(zoneId)
                            .changeBatch(
                                b ->
                                    b.comment("control-plane recovery " + run.runId().value())
                                        .changes(batch))
                            .overrideConfiguration(limit))
                .changeInfo()
                .id());
  }

  private boolean carriedOut(SdkException why) {
    ZoneSeen now =
        calls.await(
            Wait.named("the zone read back after an unclear answer", READ_BACK_LIMIT),
            () -> Poll.done(records()));
    if (edits.stream().allMatch(edit -> isNow(now, edit.id(), edit.after()))) {
      return true;
    }
    if (why instanceof InvalidChangeBatchException
        || !edits.stream().allMatch(edit -> isNow(now, edit.id(), edit.before()))) {
      throw concurrent(now, why);
    }
    return false;
  }

  private ZoneSeen records() {
    List<String> names = edits.stream().map(edit -> edit.id().name()).toList();
    return new ZoneSeen(zoneId, "", true, new ZoneReader(route53, zoneId).read(names, calls::look));
  }

  private static boolean isNow(ZoneSeen zone, RecordId id, Optional<RecordSeen> expected) {
    Optional<RecordSeen> now = zone.find(id);
    return now.isEmpty()
        ? expected.isEmpty()
        : expected.isPresent() && now.get().same(expected.get());
  }

  private RecoveryException concurrent(ZoneSeen now, SdkException why) {
    List<DnsConflictException.Conflict> conflicts =
        edits.stream()
            .filter(edit -> !isNow(now, edit.id(), edit.before()))
            .map(edit -> conflict(edit, now))
            .toList();
    DnsConflictException typed = new DnsConflictException(conflicts, why);
    String found =
        conflicts.isEmpty()
            ? "Route 53 turned the batch down as a whole: " + AwsFailures.said(why) + "."
            : "Somebody else changed the zone meanwhile: " + typed.getMessage() + ".";
    return run.failure(
        Code.CONCURRENT_CHANGE,
        found + " Nothing of this batch was carried out.",
        "Look at the plan again; if it is right as the zone is now, run this again.",
        typed);
  }

  private static DnsConflictException.Conflict conflict(DnsEdit edit, ZoneSeen now) {
    return new DnsConflictException.Conflict(
        edit.id().toString(), DnsEdit.shown(edit.before()), DnsEdit.shown(now.find(edit.id())));
  }
}
