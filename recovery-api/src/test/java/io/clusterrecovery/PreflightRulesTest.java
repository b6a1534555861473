package io.clusterrecovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.HostState.CertificateSpan;
import io.clusterrecovery.HostState.ClockReading;
import io.clusterrecovery.HostState.Room;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreflightRulesTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final PreflightWants WANTS =
      new PreflightWants(
          Map.of("/var/lib/etcd", 1000L),
          List.of("etcdutl"),
          Duration.ofSeconds(5),
          Duration.ofDays(7));

  @Test
  void report_allWell_isClear() {
    PreflightReport report = report(host("a", 0, 20), host("b", 30, 20));
    assertThat(report.isClear()).isTrue();
    assertThat(report.warnings()).isEmpty();
    assertThat(report.orThrow()).isSameAs(report);
    assertThat(report.toString()).startsWith("Clear.").contains("a: clock +0.000 s (± 0.020 s)");
  }

  @Test
  void report_manyProblems_carriesAllOfThem() {
    HostState bad =
        new HostState(
            "a",
            new ClockReading(Duration.ZERO, Duration.ZERO),
            "off",
            Map.of("/var/lib/etcd", new Room(999, false)),
            Map.of(),
            List.of(span(NOW.minusSeconds(10), NOW.minusSeconds(1))),
            List.of());
    assertThat(report(bad).problems())
        .extracting(Refusal::code)
        .containsExactly(
            Code.READ_ONLY, Code.DISK_FULL, Code.TOOL_MISSING, Code.CERTIFICATE_EXPIRED);
  }

  @Test
  void report_hostThatCannotBeLookedAt_isAProblem() {
    RefusedException off =
        new RefusedException(new Refusal(Code.HOST_UNREACHABLE, "b is off.", "On."), null);
    FleetResult<HostState> seen = new FleetResult<>(Map.of("a", host("a", 0, 0)), Map.of("b", off));
    PreflightReport report = PreflightRules.report(seen, WANTS, NOW);
    assertThat(report.problems()).extracting(Refusal::code).containsExactly(Code.HOST_UNREACHABLE);
    assertThat(report.hosts()).containsOnlyKeys("a");
  }

  @Nested
  class WhenClocksDiffer {
    @ParameterizedTest
    @CsvSource({
      "0, 0, 0, false, false",
      "0, 1000, 0, false, false",
      "0, 1001, 0, false, true",
      "0, 5000, 0, false, true",
      "0, 5001, 0, true, false",
      "-3000, 3000, 0, true, false",
      // What was not measured well enough is never a problem, but told.
      "0, 5100, 60, false, true",
      "0, 0, 3000, false, true",
      "0, 9000, 1000, true, false",
    })
    void report_ofTwo(long one, long other, long uncertain, boolean problem, boolean warning) {
      PreflightReport report = report(host("a", one, uncertain), host("b", other, uncertain));
      assertThat(codes(report)).isEqualTo(problem ? List.of(Code.CLOCK_SKEW) : List.of());
      assertThat(report.warnings()).hasSize(warning ? 1 : 0);
    }

    @Test
    void report_oneOfThree_namesAllWithTheirOffsets() {
      PreflightReport report = report(host("a", 0, 10), host("b", 100, 10), host("c", 42000, 10));
      assertThat(report.problems().get(0).found())
          .contains("a +0.000 s", "b +0.100 s", "c +42.000 s (± 0.010 s)");
    }

    @Test
    void report_oneHost_hasNothingToDifferFrom() {
      assertThat(report(host("a", 500, 3000)).problems()).isEmpty();
    }

    @Test
    void report_ownClockDiffersFromAll_isAWarning() {
      PreflightReport report = report(host("a", -42000, 10), host("b", -42000, 10));
      assertThat(report.problems()).isEmpty();
      assertThat(report.warnings()).singleElement().asString().contains("clock of this machine");
    }
  }

  @Nested
  class WhenCertificatesEnd {
    @ParameterizedTest
    @CsvSource({
      "-100, 604801, false, false",
      "-100, 604799, false, true",
      "-100, 1, false, true",
      "-100, -1, true, false",
      "10, 604900, true, false",
    })
    void report_from_until(long from, long until, boolean problem, boolean warning) {
      CertificateSpan span = span(NOW.plusSeconds(from), NOW.plusSeconds(until));
      PreflightReport report = report(host("a", 0, 0, span));
      assertThat(codes(report)).isEqualTo(problem ? List.of(Code.CERTIFICATE_EXPIRED) : List.of());
      assertThat(report.warnings()).hasSize(warning ? 1 : 0);
    }

    @Test
    void report_hostsOwnClock_decides() {
      CertificateSpan span = span(NOW.minusSeconds(100), NOW.plusSeconds(60));
      assertThat(codes(report(host("a", 61_000, 0, span)))).contains(Code.CERTIFICATE_EXPIRED);
    }

    @Test
    void report_fileThatCouldNotBeRead_isAWarning() {
      HostState a = host("a", 0, 0);
      HostState unread =
          new HostState(
              "a",
              a.clock(),
              "off",
              a.room(),
              a.tools(),
              List.of(),
              List.of("/etc/bad.crt: no certificate in it"));
      assertThat(report(unread).warnings())
          .containsExactly("a, not looked at: /etc/bad.crt: no certificate in it.");
    }
  }

  private static List<Code> codes(PreflightReport report) {
    return report.problems().stream().map(Refusal::code).toList();
  }

  private static PreflightReport report(HostState... hosts) {
    Map<String, HostState> seen = new LinkedHashMap<>();
    Arrays.stream(hosts).forEach(h -> seen.put(h.host(), h));
    return PreflightRules.report(new FleetResult<>(seen, Map.of()), WANTS, NOW);
  }

  private static HostState host(
      String name, long aheadMillis, long uncertainMillis, CertificateSpan... certificates) {
    return new HostState(
        name,
        new ClockReading(Duration.ofMillis(aheadMillis), Duration.ofMillis(uncertainMillis)),
        "enforcing",
        Map.of("/var/lib/etcd", new Room(1000, true)),
        Map.of("etcdutl", "3.6.16"),
        List.of(certificates),
        List.of());
  }

  private static CertificateSpan span(Instant from, Instant until) {
    return new CertificateSpan("/etc/etcd/peer.crt", "CN=a", from, until);
  }
}
