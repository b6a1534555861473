package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsRulesTest {
  private static final String NAME = "etcd-1.lab.test";

  @Test
  void decide_refused_editsAreNotGivenForThatRecord() {
    DnsRules.Decision decision =
        decide(Map.of("etcd-1", "10.0.1.13"), true, seen("A", 60, "weighted", "10.0.0.11"));

    assertThat(decision.refusals())
        .extracting(Refusal::code)
        .containsExactly(Code.RECORD_UNSUPPORTED);
    assertThat(decision.edits()).isEmpty();
  }

  // What the zone holds of the name; what is wanted; what is done about it.
  @ParameterizedTest(name = "{0} holding {3} ({2}) -> {4}: {5}")
  @CsvSource(
      nullValues = "-",
      value = {
        "A,     60,  -,        10.0.0.11,            10.0.1.13, replace 60",
        "A,     30,  -,        10.0.0.11,            10.0.1.13, replace 30",
        "A,     60,  -,        10.0.1.13,            10.0.1.13, leave",
        "A,     300, -,        10.0.1.13,            10.0.1.13, leave",
        "A,     60,  -,        10.0.0.11 10.0.1.13,  10.0.1.13, refuse",
        "A,     0,   alias,    -,                    10.0.1.13, refuse",
        "A,     60,  weighted, 10.0.1.13,            10.0.1.13, refuse",
        "CNAME, 60,  -,        other.lab.test,       10.0.1.13, refuse",
        "TXT,   60,  -,        text,                 10.0.1.13, create 45",
        "AAAA,  60,  -,        fd00::1,              10.0.1.13, create 45",
      })
  void decide_oneRecord_asTheTableSays(
      String type,
      long ttl,
      @org.jspecify.annotations.Nullable String kind,
      @org.jspecify.annotations.Nullable String values,
      String ip,
      String expected) {
    RecordSeen seen = seen(type, ttl, kind, values == null ? "" : values);

    assertThat(verdict(decide(Map.of("etcd-1", ip), true, seen))).isEqualTo(expected);
  }

  @Test
  void decide_noSuchRecord_isCreatedWithTheTtlOfNewOnes() {
    assertThat(verdict(decide(Map.of("etcd-1", "10.0.1.13"), true))).isEqualTo("create 45");
  }

  @ParameterizedTest
  @CsvSource({
    "etcd-1, etcd-1.lab.test",
    "etcd-1.lab.test, etcd-1.lab.test",
    "etcd-1.sub.lab.test, etcd-1.sub.lab.test",
    "lab.test, lab.test",
    "etcd-1.sub, refused",
    "etcd-1.other.test, refused",
    "notlab.test, refused"
  })
  void decide_names_areCompletedOrRefused(String given, String expected) {
    DnsRules.Decision decision = decide(Map.of(given, "10.0.1.13"), true);

    assertThat(decision.edits().stream().map(DnsEdit::name).findFirst().orElse("refused"))
        .isEqualTo(expected);
    assertThat(decision.refusals()).hasSize(expected.equals("refused") ? 1 : 0);
  }

  @Test
  void decide_sameRecordInTwoWays_isRefusedWithBothAddresses() {
    DnsRules.Decision decision = decide(Map.of("etcd-1", "10.0.1.13", NAME, "10.0.1.14"), true);

    assertThat(decision.refusals()).singleElement().asString().contains("10.0.1.13", "10.0.1.14");
  }

  @Test
  void decide_publicZone_isRefusedUnlessAccepted() {
    DnsRules.Decision refused = decide(Map.of("etcd-1", "10.0.1.13"), false);

    assertThat(refused.refusals()).extracting(Refusal::code).containsExactly(Code.ZONE_UNKNOWN);
    assertThat(
            DnsRules.decide(settings(Map.of("etcd-1", "10.0.1.13"), true), zone(false)).refusals())
        .isEmpty();
  }

  private static DnsRules.Decision decide(
      Map<String, String> wanted, boolean isPrivate, RecordSeen... seen) {
    return DnsRules.decide(settings(wanted, false), zone(isPrivate, seen));
  }

  private static DnsSettings settings(Map<String, String> wanted, boolean publicAccepted) {
    Duration limit = Duration.ofSeconds(1);
    return new DnsSettings(
        "Z1", wanted, Duration.ofSeconds(45), publicAccepted, false, limit, limit);
  }

  private static ZoneSeen zone(boolean isPrivate, RecordSeen... seen) {
    Map<String, List<RecordSeen>> records =
        Arrays.stream(seen).collect(Collectors.groupingBy(RecordSeen::name));
    return new ZoneSeen("Z1", "lab.test", isPrivate, records);
  }

  private static RecordSeen seen(
      String type, long ttl, @org.jspecify.annotations.Nullable String kind, String values) {
    List<String> held = values.isEmpty() ? List.of() : List.of(values.split(" ", -1));
    return new RecordSeen(NAME, type, ttl, held, Optional.ofNullable(kind));
  }

  private static String verdict(DnsRules.Decision decision) {
    if (!decision.refusals().isEmpty()) {
      return "refuse";
    }
    return decision.edits().stream()
        .map(e -> (e.old().isPresent() ? "replace " : "create ") + e.ttl())
        .findFirst()
        .orElse("leave");
  }
}
