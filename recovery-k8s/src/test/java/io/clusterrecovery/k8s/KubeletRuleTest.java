package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.k8s.KubeletLook.Running;
import io.clusterrecovery.k8s.KubeletLook.Unknown;
import io.clusterrecovery.k8s.RuleVerdict.Result;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KubeletRuleTest {
  private static final String NODE = "master-3";
  private static final Instant POSTED = FakeClock.START;
  private static final CertificateRequest CLIENT = RequestFixture.client(NODE).request();

  @Test
  void living_noHostGiven_holds() {
    assertThat(result(CLIENT, Map.of())).isEqualTo(Result.HOLDS);
  }

  @Test
  void living_hostCannotTell_waits() {
    assertThat(result(CLIENT, Map.of(NODE, new Unknown("?")))).isEqualTo(Result.WAITS);
  }

  @Test
  void living_postedBeforeTheKubeletWasStarted_isBroken() {
    assertThat(with(POSTED.plusMillis(1000), Map.of())).isEqualTo(Result.BROKEN);
    assertThat(with(POSTED.plusSeconds(60), Map.of())).isEqualTo(Result.BROKEN);
  }

  @Test
  void living_postedAfterOrInTheSameSecond_holds() {
    assertThat(with(POSTED.plusMillis(999), Map.of())).isEqualTo(Result.HOLDS);
    assertThat(with(POSTED.minusSeconds(60), Map.of())).isEqualTo(Result.HOLDS);
  }

  @Test
  void living_certificateOnDiskForItsKey_holdsThoughTheKubeletWasRestarted() {
    Map<String, String> keys = Map.of("kubelet-client-current.pem", CLIENT.keyDigest());
    assertThat(with(POSTED.plusSeconds(60), keys)).isEqualTo(Result.HOLDS);
  }

  @Test
  void living_kubeletKeepsItsKeyOnDisk_mustBeThatOne() {
    Instant before = POSTED.minusSeconds(1);
    String file = "kubelet-client.key.tmp";
    assertThat(with(before, Map.of(file, CLIENT.keyDigest()))).isEqualTo(Result.HOLDS);
    assertThat(with(before, Map.of(file, "another"))).isEqualTo(Result.BROKEN);
    assertThat(with(POSTED.plusSeconds(60), Map.of(file, CLIENT.keyDigest())))
        .isEqualTo(Result.BROKEN);
  }

  @Test
  void living_servingRequest_doesNotNeedTheKeyOfTheClientRequest() {
    CertificateRequest serving = RequestFixture.serving(NODE, "10.0.1.13").request();
    Running kubelet =
        new Running(POSTED.minusSeconds(1), Map.of("kubelet-client.key.tmp", "another"));
    assertThat(result(serving, Map.of(NODE, kubelet))).isEqualTo(Result.HOLDS);
  }

  private static Result with(Instant started, Map<String, String> keys) {
    return result(CLIENT, Map.of(NODE, new Running(started, keys)));
  }

  private static Result result(CertificateRequest request, Map<String, KubeletLook> kubelets) {
    Evidence evidence =
        new Evidence(Map.of(), Requester.bootstrapTokens(), POSTED, Set.of(), Map.of(), kubelets);
    return KubeletRule.living(request, evidence).result();
  }
}
