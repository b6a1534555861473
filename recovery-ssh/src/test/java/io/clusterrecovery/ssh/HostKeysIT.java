package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Host keys against a real server that has several, and loses them. */
@ExtendWith(OneHost.class)
class HostKeysIT {
  private static final int PORT = 2301;

  @TempDir Path dir;
  private final OneHost.Target target;

  HostKeysIT(OneHost.Target target) {
    this.target = target;
  }

  @Test
  void run_severalKeysAndOneKnown_isTrustedByThatOne() throws IOException {
    List<String> keys =
        List.of(
            Sshd.newKey(target, "ed25519"),
            Sshd.newKey(target, "ecdsa -b 384"),
            Sshd.newKey(target, "rsa"));
    try (Sshd sshd = Sshd.start(target, PORT, keys)) {
      for (String key : keys) {
        Path known = known(sshd.name() + " " + Sshd.publicKey(target, key));
        Sshd.assertTrusted(sshd.builder().knownHosts(known));
        Sshd.assertTrusted(sshd.builder().hostKey(Sshd.fingerprint(target, key)));
      }
    }
  }

  @Test
  void run_keyFoundAtTheLastAndLoginDenied_isAboutTheLogin() {
    String rsa = Sshd.newKey(target, "rsa");
    Path stranger = dir.resolve("stranger");
    Keygen.newKey(stranger, "-t", "ed25519", "-N", "");
    try (Sshd sshd = Sshd.start(target, PORT, List.of(Sshd.newKey(target, "ed25519"), rsa))) {
      SshHostBuilder builder = target.builder().port(PORT).identity(stranger);
      RefusedException refused = sshd.refused(builder.hostKey(Sshd.fingerprint(target, rsa)));
      assertThat(refused.code()).isEqualTo(Code.HOST_ACCESS_DENIED);
    }
  }

  @Test
  void run_severalKnownHostsFiles_areAllLookedAt() throws IOException {
    String key = Sshd.newKey(target, "ed25519");
    try (Sshd sshd = Sshd.start(target, PORT, List.of(key))) {
      Path known = known("10.*,!10.9.9.9 " + Sshd.publicKey(target, key));
      Sshd.assertTrusted(
          sshd.builder().knownHosts(dir.resolve("absent"), target.lab().knownHosts(), known));
    }
  }

  @Test
  void run_keysOfTheConsole_areTrustedAndNoOther() {
    String key = Sshd.newKey(target, "ed25519");
    String other = Sshd.newKey(target, "ed25519");
    try (Sshd sshd = Sshd.start(target, PORT, List.of(key))) {
      Sshd.assertTrusted(sshd.builder().consoleHostKeys(console(key)));
      RefusedException refused = sshd.refused(sshd.builder().consoleHostKeys(console(other)));
      assertShowsBoth(refused, key, "pinned is", other);
    }
  }

  @Test
  void run_pinnedAndOtherwiseKnown_isAChangedHost() throws IOException {
    String key = Sshd.newKey(target, "ed25519");
    String old = Sshd.newKey(target, "ed25519");
    Path known = known(target.host().address() + " " + Sshd.publicKey(target, old));
    try (Sshd sshd = Sshd.start(target, PORT, List.of(key))) {
      Path ofPort = known(sshd.name() + " " + Sshd.publicKey(target, old));
      String print = Sshd.fingerprint(target, key);
      assertShowsBoth(
          sshd.refused(sshd.builder().knownHosts(ofPort).hostKey(print)), key, "known is", old);
      assertThat(sshd.refused(sshd.builder().knownHosts(known)).code())
          .isEqualTo(Code.HOST_KEY_UNKNOWN);
    }
  }

  @Test
  void run_manInTheMiddleAtTheSameAddress_isRefusedUntilDeclaredRebuilt() throws IOException {
    String key = Sshd.newKey(target, "ed25519");
    String other = Sshd.newKey(target, "ed25519");
    Sshd first = Sshd.start(target, PORT, List.of(key));
    Path known = known(first.name() + " " + Sshd.publicKey(target, key));
    try (SshHost host = first.builder().knownHosts(known).build()) {
      assertThat(host.run(Command.of("id", "-un")).text()).isEqualTo("core");
      first.close();
      try (Sshd second = Sshd.start(target, PORT, List.of(other))) {
        assertShowsBoth(second.refused(host), other, "known is", key);
        String print = Sshd.fingerprint(target, other);
        Sshd.assertTrusted(second.builder().knownHosts(known).rebuilt(print));
        assertShowsBoth(
            second.refused(
                second.builder().knownHosts(known).rebuilt(Sshd.fingerprint(target, key))),
            other,
            "rebuilt is",
            key);
      }
    }
  }

  @Test
  void run_keyRevoked_isRefusedWhateverElseIsSaid() throws IOException {
    String key = Sshd.newKey(target, "ed25519");
    try (Sshd sshd = Sshd.start(target, PORT, List.of(key))) {
      String line = sshd.name() + " " + Sshd.publicKey(target, key);
      Path known = known(line, "@revoked * " + Sshd.publicKey(target, key));
      String print = Sshd.fingerprint(target, key);
      RefusedException refused = sshd.refused(sshd.builder().knownHosts(known).rebuilt(print));
      assertThat(refused.code()).isEqualTo(Code.HOST_KEY_REVOKED);
      assertThat(refused.found()).contains(print).contains(known.toString());
    }
  }

  @Test
  void run_serverWithOldAlgorithmsAlone_isRefused() throws IOException {
    String key = Sshd.newKey(target, "rsa");
    try (Sshd sshd =
        Sshd.start(target, PORT, List.of(key), "HostKeyAlgorithms ssh-rsa", "Ciphers aes128-cbc")) {
      Path known = known(sshd.name() + " " + Sshd.publicKey(target, key));
      RefusedException refused = sshd.refused(sshd.builder().knownHosts(known));
      assertThat(refused.code()).isEqualTo(Code.HOST_UNREACHABLE);
      assertThat(refused.found()).contains("no modern algorithm");
    }
  }

  private void assertShowsBoth(
      RefusedException refused, String shown, String word, String expected) {
    assertThat(refused.code()).isEqualTo(Code.HOST_KEY_CHANGED);
    assertThat(refused.found())
        .contains("it shows the key " + Sshd.fingerprint(target, shown))
        .contains(word + " " + Sshd.fingerprint(target, expected));
  }

  private String console(String key) {
    return """
    Debian GNU/Linux 12 master-3 ttyS0
    -----BEGIN SSH HOST KEY KEYS-----
    %s root@master-3
    -----END SSH HOST KEY KEYS-----
    """
        .formatted(Sshd.publicKey(target, key));
  }

  private Path known(String... lines) throws IOException {
    return Files.write(Files.createTempFile(dir, "known", ""), List.of(lines));
  }
}
