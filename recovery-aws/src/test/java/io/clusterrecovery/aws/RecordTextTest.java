package io.clusterrecovery.aws;

import static io.clusterrecovery.aws.DnsFixtures.alias;
import static io.clusterrecovery.aws.DnsFixtures.record;
import static io.clusterrecovery.aws.DnsFixtures.weighted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

class RecordTextTest {
  @Test
  void parse_whatWasWritten_isTheSame() {
    ResourceRecordSet.Builder located = record("geo", "A", "10.0.0.1").set().toBuilder();
    RecordSeen geo =
        new RecordSeen(
            located
                .setIdentifier("asia")
                .geoLocation(where -> where.continentCode("AS"))
                .healthCheckId("h-1")
                .multiValueAnswer(false)
                .build());
    List<DnsEdit> edits =
        List.of(
            DnsEdit.creating(record("etcd-1", "A", "10.0.1.13")),
            DnsEdit.replacing(alias("api", "lb.aws.test"), record("api", "A", "10.0.1.13")),
            DnsEdit.replacing(weighted("w", "one", "10.0.0.1"), weighted("w", "one", "10.0.0.2")),
            DnsEdit.replacing(geo, geo.with(List.of("10.0.0.2"))),
            DnsEdit.creating(record("_etcd-server-ssl._tcp", "SRV", "0 10 2380 a", "0 10 2380 b"))
                .inverse());

    assertThat(RecordText.parse(RecordText.of(edits))).isEqualTo(edits);
  }

  @Test
  void parse_somethingElse_isRejected() {
    assertThatThrownBy(() -> RecordText.parse("{")).isInstanceOf(IllegalArgumentException.class);
  }
}
