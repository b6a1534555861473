package io.clusterrecovery.aws;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.Plan;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.StepFailedException;
import io.clusterrecovery.TimedOutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.route53.Route53Client;

/**
 * Points A records of a private Route 53 zone at other addresses.
 *
 * <ol>
 *   <li>Reads the zone and every record of the given names.
 *   <li>Puts what differs into one batch, which Route 53 carries out as a whole or not at all: out
 *       with exactly the old values and TTL, in with the new address and the same TTL. So an edit
 *       that somebody else made meanwhile is never overwritten.
 *   <li>Waits until the batch is in sync on all name servers, and reads the records back.
 * </ol>
 *
 * <p>Alias, weighted and other routed records, records with several values and names that are a
 * CNAME are refused by name. Immutable and thread-safe. Idempotent: a record that holds the wanted
 * address already is left alone. A resumed run also waits until what it handed in earlier is in
 * sync, by the ids in its journal; where the run ended before an id was written, or there is no
 * journal, records that are as wanted are taken to be in sync.
 *
 * <p>Calls keep below the five requests a second that Route 53 allows an account. The client's own
 * retries are switched off for them, and done here: what fails for a passing reason is called up to
 * four times, what is throttled up to seven times within about half a minute. The client's
 * time-outs are its owner's; each call is besides bounded by {@link Builder#callLimit(Duration)}.
 * Recommended: an HTTP client with a connection time-out of 2 s and a socket time-out of 10 s.
 */
public final class DnsUpdater implements RecoveryStep<DnsResult> {
  private final Route53Client route53;
  private final DnsSettings settings;
  private final AwsPace pace = AwsPace.ofRoute53();

  private DnsUpdater(Route53Client route53, DnsSettings settings) {
    this.route53 = route53;
    this.settings = settings;
  }

  /**
   * Starts an update through that client.
   *
   * @param route53 a client with credentials that may read the zone and change its records; who
   *     made it closes it
   */
  public static Builder on(Route53Client route53) {
    return new Builder(route53);
  }

  /**
   * Updates, by itself: no journal, no deadline beyond the limits of its waits.
   *
   * @throws RefusedException if the plan refuses; nothing was changed
   * @throws StepFailedException if it failed after it began to change records; one whose code is
   *     {@code CONCURRENT_CHANGE} tells the values expected and found
   * @throws TimedOutException if the records were changed but not in sync in time
   */
  public DnsResult update() {
    return RunContext.standalone().carryOut(this);
  }

  @Override
  public String operation() {
    return "update DNS";
  }

  @Override
  public Prepared<DnsResult> prepare(RunContext run) {
    ZoneSeen zone = new DnsObserver(route53, settings, pace).look(run);
    DnsRules.Decision decision = DnsRules.decide(settings, zone);
    return new Prepared<>(
        plan(zone, decision),
        acting -> new DnsAct(route53, settings, pace, decision, acting).result());
  }

  private Plan plan(ZoneSeen zone, DnsRules.Decision decision) {
    Plan.Builder plan = Plan.of(operation(), "zone " + zone.id() + " (" + zone.name() + ")");
    plan.fact("private zone", Boolean.toString(zone.isPrivate()));
    decision.wanted().keySet().forEach(name -> plan.fact(name + " A", zone.shown(name)));
    decision.edits().forEach(edit -> plan.change(edit.planned(zone.id())));
    decision.refusals().forEach(plan::refuse);
    if (settings.publicAccepted()) {
      plan.forced("acceptPublicZone");
    }
    return plan.build();
  }

  @Override
  public String toString() {
    return "DnsUpdater[%s in zone %s]".formatted(settings.records(), settings.zoneId());
  }

  /**
   * Collects the settings. A setter of one value throws {@link IllegalStateException} when it was
   * called before, and names the value it holds. Not thread-safe.
   */
  public static final class Builder {
    private static final Duration DEFAULT_TTL = Duration.ofSeconds(60);
    private static final Duration DEFAULT_SYNC_LIMIT = Duration.ofMinutes(5);
    private static final Duration DEFAULT_CALL_LIMIT = Duration.ofSeconds(15);
    private static final Duration LONGEST_TTL = Duration.ofSeconds(Integer.MAX_VALUE);

    private final Route53Client route53;
    private final Map<String, String> records = new LinkedHashMap<>();
    private @Nullable String zoneId;
    private @Nullable Duration ttl;
    private @Nullable Duration syncLimit;
    private @Nullable Duration callLimit;
    private boolean publicAccepted;
    private boolean awaitsOldTtl;

    private Builder(Route53Client route53) {
      this.route53 = requireNonNull(route53, "route53");
    }

    /**
     * Sets the zone, by its id: names are not enough, since a private and a public zone may share
     * one.
     *
     * @param id such as {@code Z0123456789ABC}, with or without {@code /hostedzone/} before it
     * @throws IllegalArgumentException if it can be no id
     */
    public Builder zone(String id) {
      String plain = requireNonNull(id, "id").replaceFirst("^/hostedzone/", "");
      if (!plain.matches("[A-Za-z0-9]{1,32}")) {
        throw new IllegalArgumentException("'" + id + "' is no id of a hosted zone");
      }
      zoneId = Require.once("zone", zoneId, plain);
      return this;
    }

    /**
     * Adds a record that shall be that address, and nothing else.
     *
     * @param name a whole name in the zone, or one without a dot, which the zone's name completes
     * @param ip an IPv4 address
     * @throws IllegalArgumentException if name or address cannot be, or the name was given already
     */
    public Builder record(String name, String ip) {
      String plain = DnsNames.require(name);
      String earlier = records.putIfAbsent(plain, Require.ipv4(ip));
      if (earlier != null) {
        throw new IllegalArgumentException("record '" + name + "' was given already: " + earlier);
      }
      return this;
    }

    /** Sets the TTL of records that do not exist yet; 60 seconds by default, whole seconds. */
    public Builder ttlOfNew(Duration ttl) {
      Require.positive("ttl", ttl);
      if (ttl.toMillis() % 1000 != 0 || ttl.compareTo(LONGEST_TTL) > 0) {
        throw new IllegalArgumentException("a TTL is whole seconds in 31 bits, was " + ttl);
      }
      this.ttl = Require.once("ttlOfNew", this.ttl, ttl);
      return this;
    }

    /** Sets how long Route 53 may take to have a change in sync; 5 minutes by default. */
    public Builder syncLimit(Duration limit) {
      this.syncLimit = Require.once("syncLimit", this.syncLimit, Require.positive("limit", limit));
      return this;
    }

    /** Sets how long one call may take; 15 seconds by default. */
    public Builder callLimit(Duration limit) {
      this.callLimit = Require.once("callLimit", this.callLimit, Require.positive("limit", limit));
      return this;
    }

    /** Waits, once all is in sync, until resolvers have forgotten the old answers too. */
    public Builder awaitOldTtl() {
      this.awaitsOldTtl = true;
      return this;
    }

    /** Changes the zone although it is a public one. */
    public Builder acceptPublicZone() {
      this.publicAccepted = true;
      return this;
    }

    /**
     * {@return the operation} Checks every setting, without I/O.
     *
     * @throws IllegalStateException if no zone or no record was given
     */
    public DnsUpdater build() {
      String zone = Require.given(zoneId, "no zone was given: name one with zone(…)");
      if (records.isEmpty()) {
        throw new IllegalStateException("no record was given: name one with record(…)");
      }
      Map<String, String> wanted =
          java.util.Collections.unmodifiableMap(new LinkedHashMap<>(records));
      return new DnsUpdater(
          route53,
          new DnsSettings(
              zone,
              wanted,
              Require.orElse(ttl, DEFAULT_TTL),
              publicAccepted,
              awaitsOldTtl,
              Require.orElse(syncLimit, DEFAULT_SYNC_LIMIT),
              Require.orElse(callLimit, DEFAULT_CALL_LIMIT)));
    }
  }
}
