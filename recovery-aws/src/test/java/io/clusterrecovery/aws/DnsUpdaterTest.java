package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.clusterrecovery.AddressRecord;
import io.clusterrecovery.Code;
import io.clusterrecovery.DnsRecords;
import io.clusterrecovery.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.GetHostedZoneRequest;
import software.amazon.awssdk.services.route53.model.Route53Exception;

class DnsUpdaterTest {
  private final Route53Client route53 = mock(Route53Client.class);

  @Test
  void update_accessDenied_refusesAndChangesNothing() {
    when(route53.getHostedZone(anyZone())).thenThrow(denied());
    DnsUpdater updater = DnsUpdater.on(route53).zone("Z1").record("a", "10.0.0.1").build();

    assertThat(updater.plan().refusals())
        .extracting("code")
        .containsExactly(Code.CLOUD_ACCESS_DENIED);
    assertThatThrownBy(updater::update)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("AccessDenied: not you");
    verify(route53, never()).changeResourceRecordSets(any(ChangeResourceRecordSetsRequest.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "Z 1", "zone/Z1", "arn:aws:route53"})
  void zone_thatCannotBe_isRejectedAtTheSetter(String id) {
    assertThatThrownBy(() -> DnsUpdater.on(route53).zone(id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no id of a hosted zone");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "-a", "a..b", "*.lab.test", "a-", "a/b"})
  void record_nameThatCannotBe_isRejectedAtTheSetter(String name) {
    assertThatThrownBy(() -> DnsUpdater.on(route53).record(name, "10.0.0.1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10.0.0", "10.0.0.256", "10.0.0.1.2", "fd00", "master-0", "010.0.0.1"})
  void record_addressThatCannotBe_isRejectedAtTheSetter(String ip) {
    assertThatThrownBy(() -> DnsUpdater.on(route53).record("a", ip))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no IPv4 or IPv6 address");
  }

  @Test
  void build_somethingMissingOrTwice_saysWhichSetter() {
    DnsUpdaterBuilder builder = DnsUpdater.on(route53);
    assertThatThrownBy(builder::build).hasMessageContaining("zone(…)");
    builder.zone("/hostedzone/Z1");
    assertThatThrownBy(builder::build).hasMessageContaining("record(…)");
    assertThatThrownBy(() -> builder.zone("Z2")).isInstanceOf(IllegalStateException.class);
    builder.record("a", "10.0.0.1");
    assertThatThrownBy(() -> builder.record("A", "10.0.0.2")).hasMessageContaining("already");
    builder.record("a", "fd00::1");
    assertThatThrownBy(() -> builder.privateZone("lab.test")).hasMessageContaining("'Z1' already");
    assertThatThrownBy(builder::asPort).hasMessageContaining("none from here");
    assertThatThrownBy(() -> builder.ttlOfNew(Duration.ofMillis(1500)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void setters_calledAgain_nameTheValueHeld() {
    Duration time = Duration.ofSeconds(7);
    DnsUpdaterBuilder builder =
        DnsUpdater.on(route53).ttlOfNew(time).syncLimit(time).callLimit(time);

    assertThatThrownBy(() -> builder.ttlOfNew(time)).hasMessage(held("ttlOfNew"));
    assertThatThrownBy(() -> builder.syncLimit(time)).hasMessage(held("syncLimit"));
    assertThatThrownBy(() -> builder.callLimit(time)).hasMessage(held("callLimit"));
  }

  @Test
  void etcdRecords_membersThatCannotBe_areRejectedAtTheSetter() {
    for (String[] members :
        new String[][] {{}, {"10.0.0.1", "10.0.0.1"}, {"10.0.0.1", "fd00::1"}, {"master-0"}}) {
      assertThatThrownBy(() -> DnsUpdater.on(route53).etcdRecords("lab.test", members))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void asPort_makesUpdatersOfThoseRecords() {
    DnsRecords port = DnsUpdater.on(route53).zone("Z1").asPort();
    assertThat(port.pointing(List.of(new AddressRecord("a", "10.0.0.1"))))
        .hasToString("DnsUpdater[[AddressRecord[name=a, address=10.0.0.1]] in Z1]");
    assertThatThrownBy(() -> port.pointing(List.of(new AddressRecord("a", "nowhere"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String held(String setter) {
    return setter + " was set to 'PT7S' already";
  }

  private static Consumer<GetHostedZoneRequest.Builder> anyZone() {
    return any();
  }

  private static AwsServiceException denied() {
    return Route53Exception.builder()
        .statusCode(403)
        .awsErrorDetails(
            AwsErrorDetails.builder().errorCode("AccessDenied").errorMessage("not you").build())
        .build();
  }
}
