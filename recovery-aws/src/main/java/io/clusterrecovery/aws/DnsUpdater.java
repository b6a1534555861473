package io.clusterrecovery.aws;

import io.clusterrecovery.Plan;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.StepFailedException;
import io.clusterrecovery.TimedOutException;
import java.util.List;
import software.amazon.awssdk.services.route53.Route53Client;

/**
 * Points records of a Route 53 zone at other addresses.
 *
 * <ol>
 *   <li>Finds the zone, and reads every record of the given names.
 *   <li>Puts what differs into one batch, which Route 53 carries out as a whole or not at all: out
 *       with exactly the old record, in with the new values and the same TTL, routing policy and
 *       set identifier. So an edit that somebody else made meanwhile is never overwritten. (What is
 *       more than Route 53 takes at once, about 500 records, becomes several such batches; the plan
 *       says so.)
 *   <li>Waits until the batch is in sync on all name servers, and reads the records back.
 *   <li>Waits until the old TTL has passed, and asks the resolvers that were named.
 * </ol>
 *
 * <p>Alias, weighted and other routed records, records with several values, and those that are
 * somebody else's are refused by name unless they are accepted; names that are a CNAME always.
 * Immutable and thread-safe. Idempotent: a record that is as wanted is left alone. A resumed run
 * also waits until what it handed in earlier is in sync, by the ids in its journal; where the run
 * ended before an id was written, or there is no journal, records that are as wanted are taken to
 * be in sync.
 *
 * <p>Calls keep below the five requests a second that Route 53 allows an account. The client's own
 * retries are switched off for them, and done here: what fails for a passing reason is called up to
 * four times, what is throttled up to seven times within about half a minute. The client's
 * time-outs are its owner's; each call is besides bounded by {@link DnsUpdaterBuilder#callLimit}.
 * Recommended: an HTTP client with a connection time-out of 2 s and a socket time-out of 10 s.
 */
public final class DnsUpdater implements RecoveryStep<DnsResult> {
  private final Route53Client route53;
  private final DnsSettings settings;
  private final AwsPace pace = AwsPace.ofRoute53();

  DnsUpdater(Route53Client route53, DnsSettings settings) {
    this.route53 = route53;
    this.settings = settings;
  }

  /**
   * Starts an update through that client.
   *
   * @param route53 a client with credentials that may read the zone and change its records; who
   *     made it closes it
   */
  public static DnsUpdaterBuilder on(Route53Client route53) {
    return new DnsUpdaterBuilder(route53);
  }

  /**
   * Updates, by itself: no journal, no deadline beyond the limits of its waits.
   *
   * @throws RefusedException if the plan refuses; nothing was changed
   * @throws StepFailedException if it failed after it began to change records; one whose code is
   *     {@code CONCURRENT_CHANGE} has a {@link DnsConflictException} with both values as its cause
   * @throws TimedOutException if the records were changed but not in sync in time
   */
  public DnsResult update() {
    return RunContext.standalone().carryOut(this);
  }

  /**
   * Updates exactly as that plan says.
   *
   * @throws RefusedException with the code {@code PLAN_DRIFTED}, naming the difference, if the zone
   *     no longer matches the plan; besides as {@link #update()}
   */
  public DnsResult update(Plan accepted) {
    return RunContext.standalone().carryOut(this, accepted);
  }

  /**
   * Puts back what an update changed, as {@link #undoing} says, by itself.
   *
   * @throws RefusedException if somebody else edited one of the records since; nothing was changed
   * @throws StepFailedException as {@link #update()}
   * @throws TimedOutException as {@link #update()}
   */
  public DnsResult rollback(DnsResult result) {
    return RunContext.standalone().carryOut(undoing(result));
  }

  /**
   * {@return the step that puts back what an update changed} It is planned, carried out and
   * verified as an update is: one batch, the inverse, which takes out only exactly what the update
   * put in. Records that are as they were before are left alone, so running it again changes
   * nothing.
   */
  public RecoveryStep<DnsResult> undoing(DnsResult result) {
    List<DnsEdit> done = result.edits();
    List<String> names = done.stream().map(edit -> edit.id().name()).toList();
    return new DnsStep(
        "put DNS back",
        route53,
        settings,
        pace,
        zone -> zone.look(result.zoneId(), names),
        zone -> DnsRollback.decide(done, zone));
  }

  @Override
  public String operation() {
    return "update DNS";
  }

  @Override
  public Prepared<DnsResult> prepare(RunContext run) {
    return new DnsStep(
            operation(),
            route53,
            settings,
            pace,
            zone -> zone.look(settings),
            zone -> DnsRules.decide(settings, zone))
        .prepare(run);
  }

  @Override
  public String toString() {
    return "DnsUpdater[%s%s in %s]"
        .formatted(
            settings.records(),
            settings.etcd().map(etcd -> " and " + etcd).orElse(""),
            settings.zone());
  }
}
