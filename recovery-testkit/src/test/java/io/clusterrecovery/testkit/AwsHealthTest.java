package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.testkit.AwsHealth.Check;
import io.clusterrecovery.testkit.AwsHealth.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsHealthTest {
  // Checks in their order (c connected, r refused, t timed out), with a threshold of two.
  @ParameterizedTest
  @CsvSource({
    "'',    INITIAL,   REGISTERING",
    "c,     INITIAL,   CHECKING",
    "r,     INITIAL,   CHECKING",
    "cc,    HEALTHY,   NONE",
    "crcr,  INITIAL,   CHECKING",
    "rr,    UNHEALTHY, REFUSED",
    "tt,    UNHEALTHY, TIMEOUT",
    "ccr,   HEALTHY,   NONE",
    "ccrr,  UNHEALTHY, REFUSED",
    "ccrrc, UNHEALTHY, REFUSED",
    "rrcc,  HEALTHY,   NONE",
    "rrcrc, UNHEALTHY, REFUSED"
  })
  void after_checks_asTheTableSays(String checks, State state, AwsHealth.Reason reason) {
    AwsHealth health = AwsHealth.REGISTERED;
    for (int i = 0; i < checks.length(); i++) {
      health = health.after(check(checks.charAt(i)), 2);
    }
    assertThat(health.state()).isEqualTo(state);
    assertThat(health.reason()).isEqualTo(reason);
  }

  @Test
  void after_draining_staysSo() {
    assertThat(AwsHealth.DRAINING.after(Check.CONNECTED, 1)).isEqualTo(AwsHealth.DRAINING);
  }

  private static Check check(char letter) {
    return switch (letter) {
      case 'c' -> Check.CONNECTED;
      case 't' -> Check.TIMEOUT;
      default -> Check.REFUSED;
    };
  }
}
