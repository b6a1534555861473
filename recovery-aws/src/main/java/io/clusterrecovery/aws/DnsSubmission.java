package io.clusterrecovery.aws;

import io.clusterrecovery.Code;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
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
  private final DnsSettings settings;
  private final AwsPace pace;
  private final List<DnsEdit> edits;
  private final RunContext run;
  private final AwsCalls calls;

  DnsSubmission(
      Route53Client route53,
      DnsSettings settings,
      AwsPace pace,
      List<DnsEdit> edits,
      RunContext run) {
    this.route53 = route53;
    this.settings = settings;
    this.pace = pace;
    this.edits = edits;
    this.run = run;
    this.calls = AwsCalls.ofRoute53(run, settings.callLimit(), pace);
  }

  /** The id of the change that made the zone hold every edit. */
  String changeId() {
    for (int attempt = 1; ; attempt++) {
      try {
        return submit("changing records", DnsEdit::compareAndSet);
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
  private String confirmed() {
    try {
      return submit("confirming records", DnsEdit::confirmation);
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
                        r.hostedZoneId(settings.zoneId())
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
    if (edits.stream().allMatch(e -> holds(now, e))) {
      return true;
    }
    if (why instanceof InvalidChangeBatchException
        || !edits.stream().allMatch(e -> asSeen(now, e))) {
      throw concurrent(now, why);
    }
    return false;
  }

  private ZoneSeen records() {
    DnsObserver observer = new DnsObserver(route53, settings, pace);
    return new ZoneSeen(
        settings.zoneId(),
        "",
        true,
        edits.stream()
            .collect(
                Collectors.toMap(
                    DnsEdit::name, e -> calls.look(limit -> observer.records(e.name(), limit)))));
  }

  private static boolean holds(ZoneSeen zone, DnsEdit edit) {
    return zone.named(edit.name()).stream()
        .anyMatch(r -> r.type().equals("A") && r.holds(edit.ip()) && r.ttl() == edit.ttl());
  }

  private static boolean asSeen(ZoneSeen zone, DnsEdit edit) {
    List<RecordSeen> addresses =
        zone.named(edit.name()).stream().filter(r -> r.type().equals("A")).toList();
    return addresses.equals(edit.old().stream().toList());
  }

  private RecoveryException concurrent(ZoneSeen now, SdkException why) {
    String differences =
        edits.stream()
            .filter(e -> !asSeen(now, e))
            .map(
                e ->
                    "%s was %s and is %s now"
                        .formatted(
                            e.name(),
                            e.old().map(RecordSeen::shown).orElse("absent"),
                            now.shown(e.name())))
            .collect(Collectors.joining("; "));
    String found =
        differences.isEmpty()
            ? "Route 53 turned the batch down as a whole, and changed nothing: " + said(why) + "."
            : "Somebody else changed the zone meanwhile: " + differences + ".";
    return run.failure(
        Code.CONCURRENT_CHANGE,
        found,
        "Look at the plan again; if it is right as the zone is now, run this again.",
        why);
  }

  private static String said(SdkException why) {
    return AwsFailures.said(why);
  }
}
