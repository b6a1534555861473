package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hosts that are looked at in the same way, several at a time.
 *
 * <p>Each look runs in a thread of its own, which ends with it. A host has its own limit from the
 * moment its look begins: at that limit it is left behind and its place goes to the next, whether
 * or not its thread heeds the interrupt. So a host that does not answer costs the others at most
 * its own limit, and nothing while there are places left. What went wrong on one host is kept
 * beside what was seen on the others, and is never thrown.
 *
 * <p>Meant for looking: nothing here knows what a look may have changed. Immutable and thread-safe;
 * it closes no host.
 */
public final class Fleet {
  /** The default limit for one host, in seconds: {@value}. */
  public static final int DEFAULT_HOST_LIMIT_SECONDS = 60;

  /** How many hosts are looked at at a time by default: {@value}. */
  public static final int DEFAULT_AT_A_TIME = 16;

  private final List<RemoteHost> hosts;
  private final int atATime;
  private final Duration hostLimit;
  private final @Nullable Duration limit;

  private Fleet(Builder settings) {
    this.hosts = settings.hosts;
    this.atATime = settings.atATime == null ? DEFAULT_AT_A_TIME : settings.atATime;
    this.hostLimit =
        settings.hostLimit == null
            ? Duration.ofSeconds(DEFAULT_HOST_LIMIT_SECONDS)
            : settings.hostLimit;
    this.limit = settings.limit;
  }

  /** {@return a builder for these hosts, at least one, each with a name of its own} */
  public static Builder of(RemoteHost... hosts) {
    return of(List.of(hosts));
  }

  /** {@return a builder for these hosts, at least one, each with a name of its own} */
  public static Builder of(Collection<? extends RemoteHost> hosts) {
    return new Builder(List.copyOf(hosts));
  }

  /**
   * Looks at every host.
   *
   * @param what what is looked at, for messages, such as "looking at etcd"
   * @param look gives what it saw, never null; called in several threads at a time
   * @return what was seen and what went wrong, by the hosts' names, in the order they were given
   * @throws RefusedException with {@link Code#INTERRUPTED} if the calling thread is interrupted;
   *     the looks are interrupted too
   */
  public <T> FleetResult<T> observe(String what, Function<? super RemoteHost, ? extends T> look) {
    requireNonNull(what, "what");
    requireNonNull(look, "look");
    Clock clock = Clock.system();
    Deadline end = limit == null ? Deadline.none() : Deadline.in(limit, clock);
    return new FleetRun<T>(what, hosts, look::apply, atATime, hostLimit, end, clock).run();
  }

  @Override
  public String toString() {
    return "hosts " + String.join(", ", hosts.stream().map(RemoteHost::name).toList());
  }

  /** Collects the settings, each set at most once. Not thread-safe. */
  public static final class Builder {
    private final List<RemoteHost> hosts;
    private @Nullable Integer atATime;
    private @Nullable Duration hostLimit;
    private @Nullable Duration limit;

    private Builder(List<RemoteHost> hosts) {
      if (hosts.isEmpty()) {
        throw new IllegalArgumentException("a fleet needs at least one host");
      }
      Set<String> names = new HashSet<>();
      for (RemoteHost host : hosts) {
        if (!names.add(host.name())) {
          throw new IllegalArgumentException("two hosts are called " + host.name());
        }
      }
      this.hosts = hosts;
    }

    /**
     * Sets how many hosts are looked at at a time, at least 1; {@value Fleet#DEFAULT_AT_A_TIME} if
     * not set.
     */
    public Builder atATime(int count) {
      if (count < 1) {
        throw new IllegalArgumentException("at least 1 at a time, not " + count);
      }
      this.atATime = SetOnce.value("atATime", this.atATime, count);
      return this;
    }

    /**
     * Sets how long the look at one host may take, more than zero; {@value
     * Fleet#DEFAULT_HOST_LIMIT_SECONDS} seconds if not set.
     */
    public Builder hostLimit(Duration limit) {
      this.hostLimit = SetOnce.value("hostLimit", this.hostLimit, positive(limit));
      return this;
    }

    /**
     * Sets how long all of it may take, more than zero; without it, as long as the limits of the
     * hosts allow.
     */
    public Builder limit(Duration limit) {
      this.limit = SetOnce.value("limit", this.limit, positive(limit));
      return this;
    }

    /** {@return the fleet; nothing is looked at yet} */
    public Fleet build() {
      return new Fleet(this);
    }

    private static Duration positive(Duration limit) {
      requireNonNull(limit, "limit");
      if (limit.isZero() || limit.isNegative()) {
        throw new IllegalArgumentException("limit must be more than zero, was " + limit);
      }
      return limit;
    }

    @Override
    public String toString() {
      return "%d hosts, not built yet".formatted(hosts.size());
    }
  }
}
