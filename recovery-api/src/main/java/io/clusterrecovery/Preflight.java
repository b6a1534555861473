package io.clusterrecovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at hosts before a recovery, and tells all that would get in its way at once.
 *
 * <ol>
 *   <li>On every host one script is run as root, all hosts at a time: clock, room, SELinux, tools
 *       and their versions, certificates. It needs a POSIX shell, coreutils, find and sed; private
 *       keys are not read, only {@code CERTIFICATE} blocks.
 *   <li>Clocks are compared by the four time stamps that NTP uses, so the time that the round trip
 *       took is known as the uncertainty. Two hosts that differ by surely more than {@link
 *       Builder#clockSkew} are a problem; more than {@value #WARN_SKEW_SECONDS} s, a warning.
 *   <li>Each path of {@link Builder#room} is looked at on the file system that holds it, or will:
 *       too little room, and one that cannot be written to, are problems.
 *   <li>A tool of {@link Builder#needs} that is not there is a problem; other tools are only told.
 *   <li>A certificate that has expired, by the clock of its host, is a problem; one that expires
 *       within {@link Builder#certificatesFor} is a warning. Of a bundle of authorities the one
 *       that lasts longest counts.
 * </ol>
 *
 * <p>Changes nothing, and is safe to run at any time. As a {@link RecoveryStep} it refuses when
 * there is a problem. Immutable and thread-safe.
 */
public final class Preflight implements RecoveryStep<PreflightReport> {
  /** By how many seconds two clocks may differ by default: {@value}. */
  public static final int DEFAULT_SKEW_SECONDS = 5;

  /** By how many seconds two clocks differ to be told of: {@value}, as etcd itself does. */
  public static final int WARN_SKEW_SECONDS = 1;

  /** How many days before its end a certificate is told of by default: {@value}. */
  public static final int DEFAULT_CERTIFICATE_DAYS = 7;

  private final Fleet fleet;
  private final PreflightWants wants;
  private final List<String> certificates;

  private Preflight(Builder settings) {
    this.fleet = settings.fleet;
    this.wants =
        new PreflightWants(
            settings.room,
            settings.needs,
            settings.clockSkew == null
                ? Duration.ofSeconds(DEFAULT_SKEW_SECONDS)
                : settings.clockSkew,
            settings.certificatesFor == null
                ? Duration.ofDays(DEFAULT_CERTIFICATE_DAYS)
                : settings.certificatesFor);
    this.certificates =
        settings.certificates.isEmpty() ? PreflightScript.USUAL_PLACES : settings.certificates;
  }

  /** {@return a builder for these hosts, at least one, each with a name of its own} */
  public static Builder of(RemoteHost... hosts) {
    return of(List.of(hosts));
  }

  /** {@return a builder for these hosts, at least one, each with a name of its own} */
  public static Builder of(Collection<? extends RemoteHost> hosts) {
    return new Builder(Fleet.of(hosts).build());
  }

  /**
   * Looks at all hosts and decides; never throws for a problem, nor for a host that cannot be
   * looked at, which is a problem too.
   *
   * @throws RefusedException if the calling thread is interrupted
   */
  public PreflightReport check() {
    return look(RunContext.standalone());
  }

  @Override
  public String operation() {
    return "check hosts";
  }

  @Override
  public Prepared<PreflightReport> prepare(RunContext run) {
    PreflightReport report = look(run);
    Plan.Builder plan = Plan.of(operation(), fleet.toString());
    report.hosts().values().forEach(h -> h.facts().forEach(f -> plan.fact(f.name(), f.value())));
    report.problems().forEach(plan::refuse);
    report.warnings().forEach(plan::note);
    report.hosts().values().forEach(h -> h.notes().forEach(plan::note));
    return new Prepared<>(plan.build(), context -> report);
  }

  private PreflightReport look(RunContext run) {
    PreflightScript script = new PreflightScript(wants, certificates, run.clock());
    FleetResult<HostState> seen = fleet.observe("preflight", script::look);
    return PreflightRules.report(seen, wants, run.clock().now());
  }

  @Override
  public String toString() {
    return "preflight of " + fleet;
  }

  /** Collects what is wanted. Not thread-safe. */
  public static final class Builder {
    private final Fleet fleet;
    private final Map<String, Long> room = new LinkedHashMap<>();
    private final List<String> needs = new ArrayList<>();
    private final List<String> certificates = new ArrayList<>();
    private @Nullable Duration clockSkew;
    private @Nullable Duration certificatesFor;

    private Builder(Fleet fleet) {
      this.fleet = fleet;
    }

    /**
     * Asks for room, once for each path.
     *
     * @param path where data will be, absolute; it need not be there yet
     * @param bytes how many bytes must be free there, zero or more
     */
    public Builder room(String path, long bytes) {
      if (bytes < 0) {
        throw new IllegalArgumentException("not a number of bytes: " + bytes);
      }
      this.room.put(absolute(path), SetOnce.value("room of " + path, this.room.get(path), bytes));
      return this;
    }

    /** Adds programs that must be there, by their names. */
    public Builder needs(String... programs) {
      for (String program : programs) {
        if (!program.matches("[A-Za-z0-9][A-Za-z0-9._+-]*")) {
          throw new IllegalArgumentException("not the name of a program: '" + program + "'");
        }
        needs.add(program);
      }
      return this;
    }

    /**
     * Adds places of certificates to look at instead of the usual ones: files, folders with all
     * below them, or patterns of a shell.
     */
    public Builder certificates(String... paths) {
      for (String path : paths) {
        certificates.add(absolute(path));
      }
      return this;
    }

    /**
     * Sets by how much two clocks may differ, more than zero; {@value
     * Preflight#DEFAULT_SKEW_SECONDS} seconds if not set.
     */
    public Builder clockSkew(Duration most) {
      if (most.isZero() || most.isNegative()) {
        throw new IllegalArgumentException("clockSkew must be more than zero, was " + most);
      }
      this.clockSkew = SetOnce.value("clockSkew", this.clockSkew, most);
      return this;
    }

    /**
     * Sets how long certificates should still be good for, zero or more; {@value
     * Preflight#DEFAULT_CERTIFICATE_DAYS} days if not set.
     */
    public Builder certificatesFor(Duration time) {
      if (time.isNegative()) {
        throw new IllegalArgumentException("certificatesFor must not be negative, was " + time);
      }
      this.certificatesFor = SetOnce.value("certificatesFor", this.certificatesFor, time);
      return this;
    }

    /** {@return the preflight; nothing is looked at yet} */
    public Preflight build() {
      return new Preflight(this);
    }

    private static String absolute(String path) {
      if (!path.startsWith("/") || path.chars().anyMatch(c -> c < ' ')) {
        throw new IllegalArgumentException("not an absolute path: '" + path + "'");
      }
      return path;
    }

    @Override
    public String toString() {
      return "Preflight of " + fleet + ", not built yet";
    }
  }
}
