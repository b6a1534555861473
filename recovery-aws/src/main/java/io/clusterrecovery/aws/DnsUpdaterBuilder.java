package io.clusterrecovery.aws;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.AddressRecord;
import io.clusterrecovery.DnsRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.route53.Route53Client;

/**
 * Collects the settings of a {@link DnsUpdater}. A setter of one value throws {@link
 * IllegalStateException} when it was called before, and names the value it holds. Not thread-safe.
 */
public final class DnsUpdaterBuilder {
  private static final Duration DEFAULT_TTL = Duration.ofSeconds(60);
  private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(5);
  private static final Duration DEFAULT_CALL_LIMIT = Duration.ofSeconds(15);
  private static final Duration LONGEST_TTL = Duration.ofSeconds(Integer.MAX_VALUE);

  private final Route53Client route53;
  private final List<AddressRecord> records = new ArrayList<>();
  private final Set<String> lost = new LinkedHashSet<>();
  private final Set<String> alias = new TreeSet<>();
  private final Map<String, String> routed = new TreeMap<>();
  private final Set<String> severalValues = new TreeSet<>();
  private final Set<String> foreign = new TreeSet<>();
  private final Set<String> resolvers = new LinkedHashSet<>();
  private @Nullable ZoneChoice zone;
  private DnsSettings.@Nullable Etcd etcd;
  private @Nullable Duration ttl;
  private @Nullable Duration syncLimit;
  private @Nullable Duration callLimit;
  private @Nullable Duration oldTtlLimit;
  private boolean publicAccepted;

  DnsUpdaterBuilder(Route53Client route53) {
    this.route53 = requireNonNull(route53, "route53");
  }

  /**
   * Sets the zone by its id, the surest way: a private and a public zone may share one name.
   *
   * @param id such as {@code Z0123456789ABC}, with or without {@code /hostedzone/} before it
   * @throws IllegalArgumentException if it can be no id
   */
  public DnsUpdaterBuilder zone(String id) {
    String plain = DnsNames.zoneId(requireNonNull(id, "id"));
    if (!plain.matches("[A-Za-z0-9]{1,32}")) {
      throw new IllegalArgumentException("'" + id + "' is no id of a hosted zone");
    }
    return chosen(new ZoneChoice.ById(plain));
  }

  /** Sets the zone: the one private zone of that name; refused if there are more. */
  public DnsUpdaterBuilder privateZone(String name) {
    return chosen(new ZoneChoice.ByName(DnsNames.require(name), true, Optional.empty()));
  }

  /** Sets the zone: the one private zone of that name that serves that VPC, by the VPC's id. */
  public DnsUpdaterBuilder privateZone(String name, String vpc) {
    Optional<String> id = Optional.of(requireNonNull(vpc, "vpc"));
    return chosen(new ZoneChoice.ByName(DnsNames.require(name), true, id));
  }

  /** Sets the zone: the one public zone of that name, which accepts that it is public. */
  public DnsUpdaterBuilder publicZone(String name) {
    publicAccepted = true;
    return chosen(new ZoneChoice.ByName(DnsNames.require(name), false, Optional.empty()));
  }

  /**
   * Adds a record that shall be that address, and nothing else: A for IPv4, AAAA for IPv6. A name
   * may be given once for each.
   *
   * @param name a whole name in the zone, or one without a dot, which the zone's name completes
   * @param ip an IPv4 or IPv6 address
   * @throws IllegalArgumentException if name or address cannot be, or that record was given already
   */
  public DnsUpdaterBuilder record(String name, String ip) {
    AddressRecord record = new AddressRecord(DnsNames.require(name), Ip.require(ip));
    String type = Ip.recordType(record.address());
    for (AddressRecord earlier : records) {
      if (earlier.name().equals(record.name()) && Ip.recordType(earlier.address()).equals(type)) {
        throw new IllegalArgumentException(
            "record '%s' was given already: %s".formatted(name, earlier.address()));
      }
    }
    records.add(record);
    return this;
  }

  /**
   * Has {@code etcd-0}, {@code etcd-1}, … and {@code _etcd-server-ssl._tcp} below that domain be
   * what etcd's discovery needs. Who has a record keeps it; who has none takes the index of a lost
   * host, the lowest first; the service record names them all, with the entries it has. {@code api}
   * and {@code api-int} are not touched: name them with {@link #record}.
   *
   * @param domain whole, in the zone: the zone's own name, or one below it
   * @param members the address of every member as etcd shall be: all IPv4, or all IPv6
   * @throws IllegalArgumentException if there is none, one is given twice, or the families differ
   */
  public DnsUpdaterBuilder etcdRecords(String domain, String... members) {
    List<String> addresses = Arrays.stream(members).map(Ip::require).toList();
    if (addresses.isEmpty()
        || Set.copyOf(addresses).size() != addresses.size()
        || addresses.stream().map(Ip::recordType).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "etcdRecords takes one or more addresses of one family, each once: " + addresses);
    }
    DnsSettings.Etcd given = new DnsSettings.Etcd(DnsNames.require(domain), addresses);
    etcd = Require.once("etcdRecords", etcd, given);
    return this;
  }

  /** Adds addresses of lost hosts; once one is given, only records that hold such are changed. */
  public DnsUpdaterBuilder lost(String... addresses) {
    Arrays.stream(addresses).map(Ip::require).forEach(lost::add);
    return this;
  }

  /** Replaces the record of that name although it is an alias; it becomes a plain one. */
  public DnsUpdaterBuilder acceptAlias(String name) {
    alias.add(DnsNames.require(name));
    return this;
  }

  /**
   * Changes, of the weighted or otherwise routed records of that name, the one of that set
   * identifier; its routing policy stays.
   */
  public DnsUpdaterBuilder acceptRouted(String name, String setIdentifier) {
    String plain = DnsNames.require(name);
    String held = routed.putIfAbsent(plain, requireNonNull(setIdentifier, "setIdentifier"));
    if (held != null) {
      throw new IllegalStateException(
          "acceptRouted was set for %s to '%s' already".formatted(plain, held));
    }
    return this;
  }

  /** Replaces all values of the record of that name although there are several. */
  public DnsUpdaterBuilder acceptSeveralValues(String name) {
    severalValues.add(DnsNames.require(name));
    return this;
  }

  /** Changes the record of that name although it is of no lost host, or kept by somebody else. */
  public DnsUpdaterBuilder acceptForeign(String name) {
    foreign.add(DnsNames.require(name));
    return this;
  }

  /** Changes the zone although it is a public one. */
  public DnsUpdaterBuilder acceptPublicZone() {
    publicAccepted = true;
    return this;
  }

  /** Sets the TTL of records that do not exist yet; 60 seconds by default, whole seconds. */
  public DnsUpdaterBuilder ttlOfNew(Duration ttl) {
    Require.positive("ttl", ttl);
    if (ttl.toMillis() % 1000 != 0 || ttl.compareTo(LONGEST_TTL) > 0) {
      throw new IllegalArgumentException("a TTL is whole seconds in 31 bits, was " + ttl);
    }
    this.ttl = Require.once("ttlOfNew", this.ttl, ttl);
    return this;
  }

  /** Sets how long Route 53 may take to have a change in sync; 5 minutes by default. */
  public DnsUpdaterBuilder syncLimit(Duration limit) {
    this.syncLimit = Require.once("syncLimit", this.syncLimit, Require.positive("limit", limit));
    return this;
  }

  /** Sets how long one call may take; 15 seconds by default. */
  public DnsUpdaterBuilder callLimit(Duration limit) {
    this.callLimit = Require.once("callLimit", this.callLimit, Require.positive("limit", limit));
    return this;
  }

  /**
   * Sets how long at most the old TTL is waited for, once all is in sync; 5 minutes by default,
   * zero for not at all. {@link DnsResult#staleUntil()} tells when it is over.
   */
  public DnsUpdaterBuilder oldTtlLimit(Duration limit) {
    if (limit.isNegative()) {
      throw new IllegalArgumentException("oldTtlLimit must be zero or more, was " + limit);
    }
    this.oldTtlLimit = Require.once("oldTtlLimit", this.oldTtlLimit, limit);
    return this;
  }

  /**
   * Adds a resolver that has to give the records in the end, such as one that the masters use.
   *
   * @param address its IP address; a port other than 53 after a colon, IPv6 in brackets then
   */
  public DnsUpdaterBuilder resolver(String address) {
    resolvers.add(requireNonNull(address, "address"));
    return this;
  }

  /**
   * {@return the operation} Checks every setting, without I/O.
   *
   * @throws IllegalStateException if no zone or no record was given
   */
  public DnsUpdater build() {
    DnsSettings settings = settings(records);
    if (records.isEmpty() && etcd == null) {
      throw new IllegalStateException(
          "no record was given: name one with record(…) or etcdRecords(…)");
    }
    return new DnsUpdater(route53, settings);
  }

  /**
   * {@return this zone, with all other settings, as the port that recipes take} The records come
   * from the recipe.
   *
   * @throws IllegalStateException if no zone, or a record, was given
   */
  public DnsRecords asPort() {
    if (!records.isEmpty() || etcd != null) {
      throw new IllegalStateException("records come from who uses the port, none from here");
    }
    settings(List.of());
    return wanted -> {
      DnsUpdaterBuilder checked = new DnsUpdaterBuilder(route53);
      wanted.forEach(record -> checked.record(record.name(), record.address()));
      return new DnsUpdater(route53, settings(checked.records));
    };
  }

  private DnsSettings settings(List<AddressRecord> wanted) {
    return new DnsSettings(
        Require.given(zone, "no zone was given: name one with zone(…) or privateZone(…)"),
        wanted,
        Optional.ofNullable(etcd),
        lost,
        new DnsAccepted(publicAccepted, alias, routed, severalValues, foreign),
        Require.orElse(ttl, DEFAULT_TTL),
        new DnsSettings.Limits(
            Require.orElse(callLimit, DEFAULT_CALL_LIMIT),
            Require.orElse(syncLimit, DEFAULT_LIMIT),
            Require.orElse(oldTtlLimit, DEFAULT_LIMIT)),
        List.copyOf(resolvers));
  }

  private DnsUpdaterBuilder chosen(ZoneChoice choice) {
    zone = Require.once("zone", zone, choice);
    return this;
  }

  @Override
  public String toString() {
    return "DnsUpdater of " + records.size() + " records, not built yet";
  }
}
