package io.clusterrecovery.aws;

import static io.clusterrecovery.aws.DnsFixtures.alias;
import static io.clusterrecovery.aws.DnsFixtures.record;
import static io.clusterrecovery.aws.DnsFixtures.settings;
import static io.clusterrecovery.aws.DnsFixtures.weighted;
import static io.clusterrecovery.aws.DnsFixtures.zone;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsRulesTest {
  private static final String NAME = "etcd-1.lab.test";
  private static final DnsAccepted NOTHING = DnsAccepted.nothing();

  // What the zone holds of the name; what is wanted; what is done about it.
  @ParameterizedTest(name = "{0} holding {2} -> {3}: {4}")
  @CsvSource(
      nullValues = "-",
      value = {
        "A,     60,  10.0.0.11,            10.0.1.13, replace 60",
        "A,     30,  10.0.0.11,            10.0.1.13, replace 30",
        "A,     60,  10.0.1.13,            10.0.1.13, leave",
        "A,     300, 10.0.1.13,            10.0.1.13, leave",
        "A,     60,  10.0.0.11 10.0.1.13,  10.0.1.13, refuse",
        "CNAME, 60,  other.lab.test,       10.0.1.13, refuse",
        "TXT,   60,  text,                 10.0.1.13, create 45",
        "TXT,   60,  heritage=external-dns, 10.0.1.13, refuse",
        "AAAA,  60,  fd00::1,              10.0.1.13, create 45",
        "A,     60,  10.0.0.11,            fd00::13,  create 45",
        "AAAA,  30,  fd00::11,             fd00::13,  replace 30",
        "AAAA,  30,  fd00:0:0::13,         fd00::13,  leave",
        "AAAA,  30,  FD00::13,             fd00::13,  leave",
      })
  void decide_oneRecord_asTheTableSays(
      String type, long ttl, String values, String ip, String expected) {
    RecordSeen seen = RecordSeen.plain(NAME, type, ttl, List.of(values.split(" ", -1)));

    assertThat(verdict(decide(Map.of("etcd-1", ip), seen))).isEqualTo(expected);
  }

  @Test
  void decide_noSuchRecord_isCreatedWithTheTtlOfNewOnes() {
    assertThat(verdict(decide(Map.of("etcd-1", "10.0.1.13")))).isEqualTo("create 45");
  }

  @Test
  void decide_othersThanPlainOnes_areRefusedByNameWithTheSetterThatAcceptsThem() {
    DnsDecision decision =
        decide(
            Map.of("w", "10.0.1.1", "a", "10.0.1.2", "m", "10.0.1.3"),
            weighted("w", "blue", "10.0.1.1"),
            weighted("w", "green", "10.0.0.1"),
            alias("a", "lb.aws.test"),
            record("m", "A", "10.0.0.1", "10.0.0.2"));

    assertThat(decision.edits()).isEmpty();
    assertThat(decision.refusals()).extracting(Refusal::code).containsOnly(Code.RECORD_UNSUPPORTED);
    assertThat(decision.refusals())
        .extracting(Refusal::next)
        .asString()
        .contains(
            "acceptRouted(\"w.lab.test\", …): blue, green",
            "acceptAlias(\"a.lab.test\")",
            "acceptSeveralValues(\"m.lab.test\")");
  }

  @Test
  void decide_acceptedRouted_onlyThatSetIsChangedAndItsPolicyStays() {
    DnsAccepted accepted =
        new DnsAccepted(false, Set.of(), Map.of("w", "green"), Set.of(), Set.of());
    DnsDecision decision =
        DnsRules.decide(
            settings(Map.of("w", "10.0.1.1"), accepted),
            zone(weighted("w", "blue", "10.0.9.9"), weighted("w", "green", "10.0.0.1")));

    DnsEdit edit = decision.edits().get(0);
    assertThat(decision.edits()).hasSize(1);
    assertThat(edit.after().orElseThrow()).isEqualTo(weighted("w", "green", "10.0.1.1"));
    assertThat(edit.planned("Z1").on()).isEqualTo("w.lab.test A 'green' in zone Z1");
  }

  @Test
  void decide_acceptedRoutedOfAnotherIdentifier_isRefused() {
    DnsAccepted accepted = new DnsAccepted(false, Set.of(), Map.of("w", "red"), Set.of(), Set.of());
    DnsDecision decision =
        DnsRules.decide(
            settings(Map.of("w", "10.0.1.1"), accepted), zone(weighted("w", "blue", "10.0.9.9")));

    assertThat(decision.refusals()).singleElement().asString().contains("blue");
  }

  @Test
  void decide_acceptedAlias_becomesAPlainRecord() {
    DnsAccepted accepted =
        new DnsAccepted(false, Set.of("a.lab.test"), Map.of(), Set.of(), Set.of());
    DnsDecision decision =
        DnsRules.decide(
            settings(Map.of("a", "10.0.1.1"), accepted), zone(alias("a", "lb.aws.test")));

    DnsEdit edit = decision.edits().get(0);
    assertThat(edit.planned("Z1").from()).isEqualTo("alias of lb.aws.test");
    assertThat(
            edit.after()
                .orElseThrow()
                .same(RecordSeen.plain("a.lab.test", "A", 45, List.of("10.0.1.1"))))
        .isTrue();
  }

  // Lost is 10.0.0.11; what the record holds, and whether it is accepted.
  @ParameterizedTest
  @CsvSource({
    "10.0.0.11, '',     replace 60",
    "10.0.0.12, '',     refuse",
    "10.0.0.12, etcd-1, replace 60",
    "10.0.1.13, '',     leave"
  })
  void decide_lostNamed_onlyTheirRecordsAreChanged(String held, String accepted, String expected) {
    Set<String> foreign = accepted.isEmpty() ? Set.of() : Set.of(accepted);
    DnsDecision decision =
        DnsRules.decide(
            settings(
                Map.of("etcd-1", "10.0.1.13"),
                new DnsAccepted(false, Set.of(), Map.of(), Set.of(), foreign),
                "10.0.0.11"),
            zone(record("etcd-1", "A", held)));

    assertThat(verdict(decision)).isEqualTo(expected);
    assertThat(decision.refusals())
        .extracting(Refusal::code)
        .allMatch(Code.RECORD_NOT_NAMED::equals);
  }

  @Test
  void decide_ownerNamedByTypeBeforeTheName_isRefused() {
    DnsDecision decision =
        decide(
            Map.of("etcd-1", "10.0.1.13"),
            record("etcd-1", "A", "10.0.0.11"),
            record("a-etcd-1", "TXT", "\"heritage=external-dns,external-dns/owner=x\""));

    assertThat(decision.refusals()).singleElement().asString().contains("external-dns/owner=x");
  }

  @Test
  void decide_otherFamilyNotNamed_isNoted() {
    DnsDecision decision =
        decide(
            Map.of("etcd-1", "10.0.1.13"),
            record("etcd-1", "A", "10.0.0.11"),
            record("etcd-1", "AAAA", "fd00::11"));

    assertThat(decision.notes()).singleElement().asString().contains("AAAA fd00::11", "stays");
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
    DnsDecision decision = decide(Map.of(given, "10.0.1.13"));

    assertThat(decision.edits().stream().map(e -> e.id().name()).findFirst().orElse("refused"))
        .isEqualTo(expected);
    assertThat(decision.refusals()).hasSize(expected.equals("refused") ? 1 : 0);
  }

  @Test
  void decide_sameRecordInTwoWays_isRefusedWithBothAddresses() {
    DnsDecision decision = decide(Map.of("etcd-1", "10.0.1.13", NAME, "10.0.1.14"));

    assertThat(decision.refusals()).singleElement().asString().contains("10.0.1.13", "10.0.1.14");
  }

  @Test
  void decide_publicZone_isRefusedUnlessAccepted() {
    Map<String, String> wanted = Map.of("etcd-1", "10.0.1.13");
    ZoneSeen open = new ZoneSeen("Z1", "lab.test", false, Map.of());
    DnsAccepted accepted = new DnsAccepted(true, Set.of(), Map.of(), Set.of(), Set.of());

    assertThat(DnsRules.decide(settings(wanted, NOTHING), open).refusals())
        .extracting(Refusal::code)
        .containsExactly(Code.ZONE_UNKNOWN);
    assertThat(DnsRules.decide(settings(wanted, accepted), open).refusals()).isEmpty();
  }

  private static DnsDecision decide(Map<String, String> wanted, RecordSeen... seen) {
    return DnsRules.decide(settings(wanted, NOTHING), zone(seen));
  }

  private static String verdict(DnsDecision decision) {
    if (!decision.refusals().isEmpty()) {
      return "refuse";
    }
    return decision.edits().stream()
        .map(e -> (e.before().isPresent() ? "replace " : "create ") + ttl(e.after().orElse(null)))
        .findFirst()
        .orElse("leave");
  }

  private static long ttl(@Nullable RecordSeen record) {
    return record == null ? -1 : record.ttl();
  }
}
