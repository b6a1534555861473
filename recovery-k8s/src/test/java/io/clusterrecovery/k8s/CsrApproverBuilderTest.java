package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsrApproverBuilderTest {
  private final CsrApprover.Builder builder = CsrApprover.on(new ApiClient());

  @ParameterizedTest
  @ValueSource(strings = {"", "Master-3", "-a", "a_b", "a b", "a/b", "a..b", "*", "a."})
  void expectNode_nameThatCantBe_isRefused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> builder.expectNode(name, "10.0.1.13"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.1",
        "10.0.1.256",
        "10.0.1.013",
        "1",
        "fe80::1%eth0",
        "::1::",
        "*.x",
        "a b"
      })
  void expectNode_addressThatCantBe_isRefused(String address) {
    assertThatIllegalArgumentException().isThrownBy(() -> builder.expectNode("a", address));
  }

  @Test
  void expectNode_twice_isRefused() {
    builder.expectNode("a", "10.0.1.13");
    assertThatIllegalStateException().isThrownBy(() -> builder.expectNode("a", "10.0.1.14"));
  }

  @Test
  void build_twoNodesOfOneAddress_isRefused() {
    builder.expectNode("a", "fd00::13").expectNode("b", "FD00:0::13").createdAfter(Instant.EPOCH);
    assertThatIllegalStateException()
        .isThrownBy(builder::build)
        .withMessageContaining("a and b are both expected at");
  }

  @Test
  void build_missingSettings_namesTheCall() {
    assertThatIllegalStateException()
        .isThrownBy(builder::build)
        .withMessageContaining("expectNode");
    assertThatIllegalStateException()
        .isThrownBy(() -> builder.expectNode("a", "10.0.1.13").build())
        .withMessageContaining("createdAfter");
  }

  @Test
  void setters_calledTwiceOrOutOfBounds_areRefused() {
    builder.createdAfter(Instant.EPOCH).clientLimit(Duration.ofMinutes(1));
    assertThatIllegalStateException().isThrownBy(() -> builder.createdAfter(Instant.EPOCH));
    assertThatIllegalStateException().isThrownBy(() -> builder.clientLimit(Duration.ofMinutes(1)));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.servingLimit(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.rivalWait(Duration.ofSeconds(-1)));
  }

  @Test
  void bootstrapToken_wholeToken_isRefusedWithoutEchoingIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Requester.bootstrapToken("abcdef.0123456789abcdef"))
        .withMessageNotContaining("0123456789abcdef");
  }

  @Test
  void toString_built_saysWhatItIsFor() {
    CsrApprover approver = builder.expectNode("a", "x.y").createdAfter(Instant.EPOCH).build();
    assertThat(approver.toString()).startsWith("approve certificate requests of a at http");
  }
}
