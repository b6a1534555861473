package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.gson.JsonParser;
import io.clusterrecovery.RunContext;
import io.kubernetes.client.openapi.ApiClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorTest {

  @ParameterizedTest
  @CsvSource({
    "4, '4,4,4', False, 3, 3, true",
    "3, '3,3,3', False, 3, 3, false",
    "4, '4,3,4', False, 3, 3, false",
    "4, '4,4,4', True, 3, 3, false",
    "4, '4,4,4', False, 2, 3, false",
    "4, '4,4,4', '', 3, 3, false",
    "4, '', False, 3, 3, false",
  })
  void isRolledOutAfter_revision3_needsANewerOneOnEveryHostAndItsWord(
      int latest, String hosts, String progressing, int observed, int generation, boolean done) {
    StringBuilder statuses = new StringBuilder();
    for (String revision : hosts.isEmpty() ? new String[0] : hosts.split(",", -1)) {
      statuses.append(statuses.isEmpty() ? "" : ", ");
      statuses.append("{\"currentRevision\": %s}".formatted(revision));
    }
    Operator operator =
        read(
            """
            {"metadata": {"generation": %d}, "spec": {"forceRedeploymentReason": "x"},
             "status": {"latestAvailableRevision": %d, "observedGeneration": %d,
               "nodeStatuses": [%s], "conditions": [
                 {"type": "NodeInstallerProgressing", "status": "%s", "reason": "Because"}]}}
            """
                .formatted(generation, latest, observed, statuses, progressing));
    assertThat(operator.isRolledOutAfter(3)).isEqualTo(done);
  }

  @Test
  void read_operatorThatNeverSaidAnything_isNotRolledOut() {
    Operator operator = read("{}");
    assertThat(operator.isRolledOutAfter(0)).isFalse();
    assertThat(operator.reason()).isEmpty();
  }

  @Test
  void redeploy_apiRefuses_isRefusedAndNothingTouched() {
    try (FakeApi api = new FakeApi(new FakeClock())) {
      api.fault = call -> 403;
      OperatorRedeployer redeployer =
          OperatorRedeployer.on(api.client()).reason("restored").build();
      assertThat(RoleGiver.denied(() -> RunContext.standalone().carryOut(redeployer)))
          .contains("operator.openshift.io");
      assertThat(api.calls).allSatisfy(call -> assertThat(call).startsWith("GET"));
    }
  }

  @Test
  void build_wrongSettings_areMistakes() {
    OperatorRedeployer.Builder builder = OperatorRedeployer.on(new ApiClient());
    assertThatIllegalArgumentException().isThrownBy(() -> builder.reason(" "));
    assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("reason");
    builder.reason("a");
    assertThatIllegalStateException().isThrownBy(() -> builder.reason("b"));
  }

  private static Operator read(String json) {
    return Operator.read(JsonParser.parseString(json).getAsJsonObject());
  }
}
