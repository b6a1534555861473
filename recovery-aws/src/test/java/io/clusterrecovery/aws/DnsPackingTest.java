package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsPackingTest {
  // Replacing an A record takes two resource records, creating it one; the values of 500 replaced
  // AAAA records are more characters than one batch takes.
  @ParameterizedTest
  @CsvSource({
    "replace, 10.0.0.1, 500,  500",
    "replace, 10.0.0.1, 501,  500 1",
    "create,  10.0.0.1, 1000, 1000",
    "create,  10.0.0.1, 1001, 1000 1",
    "replace, fd00:1111:2222:3333:4444:5555:6666:7777, 500, 410 90"
  })
  void batches_areAsFewAsTheQuotasAllow(String what, String ip, int edits, String expected) {
    List<List<DnsEdit>> batches =
        DnsPacking.batches(IntStream.range(0, edits).mapToObj(i -> edit(what, i, ip)).toList());

    assertThat(batches)
        .extracting(batch -> Integer.toString(batch.size()))
        .containsExactly(expected.split(" ", -1));
    assertThat(batches.stream().mapToInt(List::size).sum()).isEqualTo(edits);
  }

  @Test
  void batches_ofNothing_areNone() {
    assertThat(DnsPacking.batches(List.of())).isEmpty();
  }

  private static DnsEdit edit(String what, int number, String ip) {
    RecordSeen record =
        RecordSeen.plain("n" + number + ".lab.test", Ip.recordType(ip), 60, List.of(ip));
    return what.equals("create")
        ? DnsEdit.creating(record)
        : DnsEdit.replacing(record, record.with(List.of(ip)));
  }
}
