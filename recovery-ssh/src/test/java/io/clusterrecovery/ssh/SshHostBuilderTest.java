package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.RefusedException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshHostBuilderTest {
  private static final Path KEY = Path.of("no-such-key");
  private static final Path KNOWN = Path.of("no-such-known-hosts");

  @Test
  void build_allRequired_givesAHostWithoutAnyAccess() {
    try (SshHost host = complete().build()) {
      assertThat(host.name()).isEqualTo("10.0.0.1");
      assertThat(host).hasToString("core@10.0.0.1 over SSH, not connected");
    }
  }

  @Test
  void build_otherPort_isPartOfTheName() {
    try (SshHost host = complete().port(2222).build()) {
      assertThat(host.name()).isEqualTo("10.0.0.1:2222");
    }
  }

  @Test
  void build_somethingMissing_namesIt() {
    assertThatIllegalStateException()
        .isThrownBy(() -> SshHost.at("h").identity(KEY).knownHosts(KNOWN).build())
        .withMessage("SshHost.at(\"h\") needs .user(…)");
    assertThatIllegalStateException()
        .isThrownBy(() -> SshHost.at("h").user("core").identity(KEY).build())
        .withMessageContaining(".knownHosts(")
        .withMessageContaining("hostKey(");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-oProxyCommand=x", "a b", "a\nb"})
  void at_noHost_isRefused(String host) {
    assertThatIllegalArgumentException().isThrownBy(() -> SshHost.at(host));
  }

  @Test
  void setters_wrongValues_areRefused() {
    SshHostBuilder builder = SshHost.at("h");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.port(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.port(65_536));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.user("-x"));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.connectLimit(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.reconnectLimit(Duration.ofMillis(-1)));
    assertThatNullPointerException()
        .isThrownBy(() -> builder.identity(Nothing.given()))
        .withMessage("key");
  }

  @Test
  void setters_calledTwice_areRefused() {
    SshHostBuilder builder = complete().connectLimit(Duration.ofSeconds(1));
    assertThatIllegalStateException()
        .isThrownBy(() -> builder.user("root"))
        .withMessage("user was set before, to core");
    assertThatIllegalStateException().isThrownBy(() -> builder.connectLimit(Duration.ofSeconds(2)));
  }

  @Test
  void rebuilt_isAForcingThatNamesHostAndKey() {
    try (SshHost host = complete().rebuilt(SampleKeys.ED25519_PRINT).build()) {
      assertThat(host.forced())
          .containsExactly("rebuilt(" + SampleKeys.ED25519_PRINT + ") of 10.0.0.1");
    }
    try (SshHost host = complete().build()) {
      assertThat(host.forced()).isEmpty();
    }
  }

  @Test
  void run_identityMissing_isRefusedBeforeConnecting() {
    try (SshHost host = complete().build()) {
      assertThatThrownBy(() -> host.run(Command.of("true")))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("no-such-key does not exist")
          .extracting("code")
          .isEqualTo(Code.HOST_ACCESS_DENIED);
    }
  }

  @Test
  void run_knownHostsUnreadable_isRefusedBeforeConnecting() {
    try (SshHost host =
        SshHost.at("10.0.0.1").user("core").identity(KEY).knownHosts(KNOWN, Path.of("/")).build()) {
      assertThatThrownBy(() -> host.run(Command.of("true")))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("the known host keys cannot be read")
          .extracting("code")
          .isEqualTo(Code.HOST_KEY_UNKNOWN);
    }
  }

  @Test
  void forced_jumpHostMadeAnew_isShownToo() {
    try (SshHost jump = complete().rebuilt(SampleKeys.RSA_PRINT).build();
        SshHost host =
            SshHost.at("h").user("core").hostKey(SampleKeys.ED25519_PRINT).via(jump).build()) {
      assertThat(host.forced())
          .containsExactly("rebuilt(" + SampleKeys.RSA_PRINT + ") of 10.0.0.1");
    }
  }

  @Test
  void run_commandLineTooLong_isRefusedAtOnce() {
    try (SshHost host = complete().build()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> host.run(Command.of("echo", "x".repeat(200_000))))
          .withMessageContaining("standard input");
    }
  }

  @Test
  void run_afterClose_isMisuse() {
    SshHost host = complete().build();
    host.close();
    host.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> host.run(Command.of("true")))
        .withMessageContaining("was closed");
  }

  private static SshHostBuilder complete() {
    return SshHost.at("10.0.0.1").user("core").identity(KEY).knownHosts(KNOWN);
  }

  /** What code without null checks may pass. */
  private static final class Nothing {
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals", "DataFlowIssue"})
    static <T> T given() {
      return null;
    }
  }
}
