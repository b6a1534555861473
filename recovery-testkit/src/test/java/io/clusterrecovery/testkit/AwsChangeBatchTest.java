package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsChangeBatchTest {
  private static final String PRESENT = set("a.lab.test.", 60, "10.0.0.1");

  // The zone holds a.lab.test A 10.0.0.1, TTL 60. What one change does to it; "" is no error.
  @ParameterizedTest
  @CsvSource({
    "CREATE, a.lab.test,  60, 10.0.0.2, already exists",
    "CREATE, a.lab.test., 60, 10.0.0.1, already exists",
    "CREATE, A.LAB.TEST,  60, 10.0.0.1, already exists",
    "CREATE, b.lab.test,  60, 10.0.0.2, ''",
    "CREATE, b.lab.test,  60, 10.0.0.999, not a valid IPv4 address",
    "CREATE, b.other,     60, 10.0.0.2, not permitted in zone",
    "CREATE, blab.test,   60, 10.0.0.2, not permitted in zone",
    "DELETE, a.lab.test,  60, 10.0.0.1, ''",
    "DELETE, a.lab.test,  61, 10.0.0.1, do not match",
    "DELETE, a.lab.test,  60, 10.0.0.2, do not match",
    "DELETE, b.lab.test,  60, 10.0.0.2, not found",
    "UPSERT, a.lab.test,  30, 10.0.0.2, ''",
    "UPSERT, b.lab.test,  30, 10.0.0.2, ''"
  })
  void against_oneChange_asTheTableSays(
      String action, String name, int ttl, String ip, String error) {
    List<String> errors = verdict(change(action, set(name, ttl, ip))).errors();

    assertThat(String.join(";", errors)).contains(error);
    assertThat(errors.isEmpty()).isEqualTo(error.isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "CREATE, 1000, ''",
    "CREATE, 1001, Number of records limit of 1000 exceeded.",
    "UPSERT,  500, ''",
    "UPSERT,  501, Number of records limit of 1000 exceeded."
  })
  void against_manyChanges_areTakenUpToTheQuota(String action, int changes, String error) {
    StringBuilder batch = new StringBuilder();
    for (int i = 0; i < changes; i++) {
      batch.append(change(action, set("n" + i + ".lab.test", 60, "10.1.0.1")));
    }

    assertThat(String.join(";", verdict(batch.toString()).errors())).isEqualTo(error);
  }

  @Test
  void against_longValues_areTakenUpToTheQuota() {
    String longest = "x".repeat(32_000);

    assertThat(verdict(change("CREATE", text(longest))).errors()).isEmpty();
    assertThat(verdict(change("CREATE", text(longest + "x"))).errors())
        .containsExactly("Number of characters limit of 32000 exceeded.");
  }

  @Test
  void against_deleteThenCreate_replaces() {
    AwsChangeBatch.Verdict verdict =
        verdict(change("DELETE", PRESENT) + change("CREATE", set("a.lab.test", 60, "10.0.0.2")));

    assertThat(verdict.errors()).isEmpty();
    assertThat(verdict.after())
        .singleElement()
        .extracting("values")
        .asString()
        .contains("10.0.0.2");
  }

  @Test
  void against_valuesInOtherOrder_areTheSame() {
    AwsRecordSet one = AwsRecordSet.of(AwsXml.parse(set("a.lab.test", 60, "10.0.0.1", "10.0.0.2")));
    AwsRecordSet two = AwsRecordSet.of(AwsXml.parse(set("a.lab.test", 60, "10.0.0.2", "10.0.0.1")));

    assertThat(one.sameContent(two)).isTrue();
  }

  @Test
  void against_otherSetIdentifier_isAnotherRecord() {
    String weighted =
        PRESENT.replace("</Type>", "</Type><SetIdentifier>two</SetIdentifier><Weight>1</Weight>");

    assertThat(verdict(change("CREATE", weighted)).after()).hasSize(2);
  }

  private static AwsChangeBatch.Verdict verdict(String changes) {
    AwsRecordSet present = AwsRecordSet.of(AwsXml.parse(PRESENT));
    return AwsChangeBatch.parse("<Request><Changes>" + changes + "</Changes></Request>")
        .against("lab.test.", List.of(present));
  }

  private static String change(String action, String set) {
    return "<Change><Action>" + action + "</Action>" + set + "</Change>";
  }

  private static String text(String value) {
    return set("t.lab.test", 60, value).replace("<Type>A<", "<Type>TXT<");
  }

  private static String set(String name, int ttl, String... values) {
    StringBuilder records = new StringBuilder();
    for (String value : values) {
      records.append("<ResourceRecord><Value>").append(value).append("</Value></ResourceRecord>");
    }
    return "<ResourceRecordSet><Name>%s</Name><Type>A</Type><TTL>%d</TTL><ResourceRecords>%s</ResourceRecords></ResourceRecordSet>"
        .formatted(name, ttl, records);
  }
}
