package io.clusterrecovery.aws;

import static io.clusterrecovery.aws.DnsFixtures.record;
import static io.clusterrecovery.aws.DnsFixtures.weighted;
import static io.clusterrecovery.aws.DnsFixtures.zone;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;

class DnsRollbackTest {
  private static final RecordSeen OLD = weighted("etcd-1", "one", "10.0.0.11");
  private static final RecordSeen NEW = weighted("etcd-1", "one", "10.0.1.13");
  private static final RecordSeen CREATED = record("etcd-3", "A", "10.0.1.14");
  private static final List<DnsEdit> DONE =
      List.of(DnsEdit.replacing(OLD, NEW), DnsEdit.creating(CREATED));

  @Test
  void decide_asTheUpdateLeftIt_isTheInverse() {
    DnsDecision decision = DnsRollback.decide(DONE, zone(NEW, CREATED));

    assertThat(decision.refusals()).isEmpty();
    assertThat(decision.edits()).containsExactly(DONE.get(0).inverse(), DONE.get(1).inverse());
    assertThat(decision.edits().get(1).planned("Z1").what()).isEqualTo("delete record");
    assertThat(decision.edits().get(1).planned("Z1").to()).isEqualTo("absent");
  }

  @Test
  void decide_putBackAlready_isNothing() {
    DnsDecision decision = DnsRollback.decide(DONE, zone(OLD));

    assertThat(decision.refusals()).isEmpty();
    assertThat(decision.edits()).isEmpty();
  }

  @Test
  void decide_editedSince_isRefusedWithBothValues() {
    RecordSeen edited = weighted("etcd-1", "one", "10.9.9.9");
    DnsDecision decision = DnsRollback.decide(DONE, zone(edited, CREATED));

    assertThat(decision.refusals())
        .extracting(Refusal::code)
        .containsExactly(Code.CONCURRENT_CHANGE);
    assertThat(decision.refusals().get(0).found()).contains("10.0.1.13", "10.9.9.9");
  }
}
