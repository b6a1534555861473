package io.clusterrecovery.aws;

import static io.clusterrecovery.aws.DnsFixtures.record;
import static io.clusterrecovery.aws.DnsFixtures.zone;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EtcdIndexesTest {
  private static final String SRV = "_etcd-server-ssl._tcp";

  // What the records hold, "-" for none of that index; the members; the lost; who is etcd-0, -1, …
  @ParameterizedTest(name = "{0}: members {1}, lost {2} -> {3}")
  @CsvSource({
    "0.10 0.11 0.12,           0.10 1.13 1.14,           '',             0.10 1.13 1.14",
    "0.10 0.11 0.12,           1.13 0.11 1.14,           '',             1.13 0.11 1.14",
    "0.10 0.11 0.12,           1.14 1.13 0.12,           '',             1.14 1.13 0.12",
    "0.10 1.13 1.14,           0.10 1.13 1.14,           '',             0.10 1.13 1.14",
    "0.10 1.13 0.12,           0.10 1.14 1.13,           '',             0.10 1.13 1.14",
    "0.10,                     0.10 1.13 1.14,           '',             0.10 1.13 1.14",
    "0.10 - 0.12,              0.10 1.13,                '',             0.10 - 1.13",
    "0.10 - 0.12,              0.10 1.13 1.14,           '',             0.10 1.14 1.13",
    "0.10 0.11 0.12,           0.10 0.11 0.12 1.13,      '',             0.10 0.11 0.12 1.13",
    "0.10 0.11 0.12,           0.10 1.13,                0.12,           0.10 - 1.13",
    "0.10 0.11 0.12 0.13 0.14, 0.10 1.13 1.14 1.15,      0.12 0.13 0.14, 0.10 - 1.13 1.14 1.15",
    "0.10 0.10 0.12,           0.10 1.13 1.14,           '',             0.10 1.13 1.14",
    "-,                        0.10 0.11,                '',             0.10 0.11"
  })
  void decide_indexes_asTheTableSays(String held, String members, String lost, String expected) {
    EtcdIndexes.Given given = decide(zone(records(held)), members, lost);

    assertThat(given.refusals()).isEmpty();
    assertThat(shown(given.addresses())).isEqualTo(expected);
  }

  @Test
  void decide_moreLeftThanNewcomersAndNobodyNamedLost_isRefused() {
    EtcdIndexes.Given given =
        decide(zone(records("0.10 0.11 0.12 0.13 0.14")), "0.10 1.13 1.14 1.15", "");

    assertThat(given.refusals()).extracting(Refusal::code).containsExactly(Code.RECORD_NOT_NAMED);
    assertThat(given.refusals().get(0).found()).contains("etcd-1.lab.test", "etcd-4.lab.test");
  }

  @Test
  void decide_recordOfNoMember_isNotedAndStays() {
    EtcdIndexes.Given given = decide(zone(records("0.10 0.11 0.12")), "0.10 0.11", "");

    assertThat(given.addresses()).hasSize(2);
    assertThat(given.notes()).singleElement().asString().contains("etcd-2.lab.test (10.0.0.12)");
  }

  @Test
  void decide_service_keepsItsEntriesAndNamesAll() {
    RecordSeen service =
        record(SRV, "SRV", "5 20 2480 etcd-0.lab.test.", "5 20 2480 elsewhere.lab.test");
    List<RecordSeen> records = new ArrayList<>(List.of(records("0.10 0.11")));
    records.add(service);
    EtcdIndexes.Given given =
        decide(zone(records.toArray(RecordSeen[]::new)), "0.10 1.13 1.14", "");

    assertThat(given.services())
        .containsExactly(
            "5 20 2480 etcd-0.lab.test.",
            "5 20 2480 elsewhere.lab.test",
            "5 20 2480 etcd-1.lab.test",
            "5 20 2480 etcd-2.lab.test");
  }

  @Test
  void decide_noService_namesAllWithEtcdsOwnPort() {
    assertThat(decide(zone(), "0.10 1.13", "").services())
        .containsExactly("0 10 2380 etcd-0.lab.test", "0 10 2380 etcd-1.lab.test");
  }

  @Test
  void decide_ipv6_looksAtAaaaRecordsOnly() {
    ZoneSeen zone =
        zone(
            record("etcd-0", "AAAA", "fd00:0::10"),
            record("etcd-1", "AAAA", "fd00::11"),
            record("etcd-1", "A", "10.0.0.11"));
    EtcdIndexes.Given given =
        EtcdIndexes.decide(
            new DnsSettings.Etcd("lab.test", List.of("fd00::10", "fd00::13")), Set.of(), zone);

    assertThat(given.addresses())
        .isEqualTo(Map.of("etcd-0.lab.test", "fd00::10", "etcd-1.lab.test", "fd00::13"));
  }

  private static EtcdIndexes.Given decide(ZoneSeen zone, String members, String lost) {
    return EtcdIndexes.decide(
        new DnsSettings.Etcd("lab.test", ips(members)), Set.copyOf(ips(lost)), zone);
  }

  private static List<String> ips(String ends) {
    return ends.isEmpty()
        ? List.of()
        : java.util.Arrays.stream(ends.split(" ", -1)).map(end -> "10.0." + end).toList();
  }

  private static RecordSeen[] records(String held) {
    String[] ends = held.split(" ", -1);
    List<RecordSeen> records = new ArrayList<>();
    for (int i = 0; i < ends.length; i++) {
      if (!ends[i].equals("-")) {
        records.add(record("etcd-" + i, "A", "10.0." + ends[i]));
      }
    }
    return records.toArray(RecordSeen[]::new);
  }

  private static String shown(Map<String, String> addresses) {
    Map<Integer, String> byIndex = new TreeMap<>();
    addresses.forEach(
        (name, ip) -> byIndex.put(Integer.parseInt(name.substring(5, name.indexOf('.'))), ip));
    int last = byIndex.keySet().stream().mapToInt(i -> i).max().orElse(-1);
    return java.util.stream.IntStream.rangeClosed(0, last)
        .mapToObj(i -> byIndex.getOrDefault(i, "-").replace("10.0.", ""))
        .collect(Collectors.joining(" "));
  }
}
