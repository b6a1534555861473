package io.clusterrecovery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides what of the hosts' states stands in the way of a recovery. */
final class PreflightRules {
  private final PreflightWants wants;
  private final Instant now;
  private final List<Refusal> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private PreflightRules(PreflightWants wants, Instant now) {
    this.wants = wants;
    this.now = now;
  }

  /**
   * Decides.
   *
   * @param now the time on this machine
   */
  static PreflightReport report(FleetResult<HostState> seen, PreflightWants wants, Instant now) {
    PreflightRules rules = new PreflightRules(wants, now);
    Map<String, HostState> hosts = seen.results();
    rules.problems.addAll(seen.refusals());
    ClockRules clocks = new ClockRules(hosts.values(), wants.skew());
    clocks.problem().ifPresent(rules.problems::add);
    rules.warnings.addAll(clocks.warnings());
    for (HostState host : hosts.values()) {
      host.room().forEach((path, room) -> rules.judgeRoom(host.host(), path, room));
      rules.judgeTools(host);
      host.certificates().forEach(c -> rules.judgeCertificate(host, c));
      host.unread().forEach(f -> rules.warnings.add(host.host() + ", not looked at: " + f + "."));
    }
    return new PreflightReport(hosts, rules.problems, rules.warnings);
  }

  private void judgeRoom(String host, String path, HostState.Room room) {
    if (!room.writable()) {
      refuse(
          Code.READ_ONLY,
          "%s: %s cannot be written to.".formatted(host, path),
          "Look why (mount, dmesg): a file system that met an error is mounted read-only.");
    }
    long needed = Optional.ofNullable(wants.room().get(path)).orElse(0L);
    if (room.freeBytes() < needed) {
      refuse(
          Code.DISK_FULL,
          "%s: %s needs %d bytes, and %d are free.".formatted(host, path, needed, room.freeBytes()),
          "Make room there, or choose another place.");
    }
  }

  private void judgeTools(HostState host) {
    for (String tool : wants.needs()) {
      if (!host.tools().containsKey(tool)) {
        refuse(Code.TOOL_MISSING, host.host() + ": " + tool + " is not there.", "Install it.");
      }
    }
  }

  private void judgeCertificate(HostState host, HostState.CertificateSpan certificate) {
    Instant there = now.plus(host.clock().ahead());
    String which =
        "%s: the certificate %s (%s)"
            .formatted(host.host(), certificate.path(), certificate.subject());
    if (certificate.until().isBefore(there)) {
      refuse(
          Code.CERTIFICATE_EXPIRED,
          "%s expired at %s.".formatted(which, certificate.until()),
          "Renew it; or set that host's clock right, if that is what is wrong.");
    } else if (certificate.from().isAfter(there)) {
      refuse(
          Code.CERTIFICATE_EXPIRED,
          "%s is not good before %s.".formatted(which, certificate.from()),
          "Set that host's clock right, or issue it anew.");
    } else if (certificate.until().isBefore(there.plus(wants.certificatesFor()))) {
      Duration left = Duration.between(there, certificate.until());
      warnings.add(
          "%s expires at %s, in %d h.".formatted(which, certificate.until(), left.toHours()));
    }
  }

  private void refuse(Code code, String found, String next) {
    problems.add(new Refusal(code, found, next));
  }
}
