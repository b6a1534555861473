package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.RefusedException;
import io.clusterrecovery.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginTest {
  private static final Failures FAILURES = new Failures("10.0.0.1");

  @TempDir Path home;

  @Test
  void byDefault_looksWhereOpensshDoes() {
    Login login = Login.byDefault(home, Map.of("SSH_AUTH_SOCK", "/run/agent"));
    assertThat(login.named()).isFalse();
    assertThat(login.agent()).isEqualTo(Path.of("/run/agent"));
    assertThat(login.files())
        .extracting(KeyFile::toString)
        .containsExactly(home + "/.ssh/id_ed25519", home + "/.ssh/id_ecdsa", home + "/.ssh/id_rsa");
    assertThat(Login.byDefault(home, Map.of("SSH_AUTH_SOCK", "")).agent()).isNull();
  }

  @Test
  void load_nothingIsThere_isRefusedAndSaysWhatWasLookedFor() {
    Login login = Login.byDefault(home, Map.of("SSH_AUTH_SOCK", home + "/agent"));
    assertThatThrownBy(() -> LoginKeys.load(login, FAILURES))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("10.0.0.1: there is no key to log in with")
        .hasMessageContaining("id_rsa does not exist")
        .hasMessageContaining("the ssh-agent at " + home + "/agent has no key");
  }

  @Test
  void keyFile_printed_showsNoPassphrase() {
    assertThat(new KeyFile(Path.of("/k"), Secret.of("hidden"))).hasToString("/k");
  }

  @Test
  void publicKey_fileBeside_isRead() throws IOException {
    Path key = Files.writeString(home.resolve("id"), "private\n");
    assertThat(new KeyFile(key, null).publicKey()).isEmpty();
    Files.writeString(home.resolve("id.pub"), SampleKeys.line(SampleKeys.RSA) + " me@home\n");
    assertThat(new KeyFile(key, null).publicKey()).contains(SampleKeys.RSA);
    assertThat(new KeyFile(home.resolve("id.pub"), null).publicKey()).contains(SampleKeys.RSA);
    assertThat(new KeyFile(home.resolve("none"), null).publicKey()).isEmpty();
  }
}
