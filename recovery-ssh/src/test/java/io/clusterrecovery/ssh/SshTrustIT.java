package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(OneHost.class)
class SshTrustIT {
  private static final Duration LIMIT = Duration.ofMillis(800);
  private static final Command TOUCH = Command.of("touch", "/tmp/was-run");

  @TempDir Path dir;
  private final OneHost.Target target;

  SshTrustIT(OneHost.Target target) {
    this.target = target;
  }

  @Test
  void run_hostKnownByKeyOfAnotherType_isAChangedHost() throws IOException {
    String other = newKey("ecdsa");
    assertThat(refusedKnowing(other).code()).isEqualTo(Code.HOST_KEY_CHANGED);
    assertNothingWasRun();
  }

  @Test
  void run_hostUnknown_isRefusedWithItsFingerprint() {
    RefusedException refused = refused(target.knowing(dir.resolve("absent")));
    assertThat(refused.code()).isEqualTo(Code.HOST_KEY_UNKNOWN);
    assertThat(refused.found()).contains(target.host().hostKeyFingerprint());
    assertNothingWasRun();
  }

  @Test
  void run_hashedKnownHosts_isTrusted() throws IOException {
    Path hashed = Files.copy(target.lab().knownHosts(), dir.resolve("hashed"));
    Keygen.run(Map.of(), "ssh-keygen", "-q", "-H", "-f", hashed.toString());
    assertThat(Files.readString(hashed)).startsWith("|1|");
    try (SshHost host = target.knowing(hashed)) {
      assertThatCode(host::connect).doesNotThrowAnyException();
    }
  }

  @Test
  void run_userUnknown_isDenied() {
    SshHost host =
        SshHost.at(target.host().address())
            .user("nobody-here")
            .identity(target.lab().sshKey())
            .knownHosts(target.lab().knownHosts())
            .build();
    RefusedException refused = refused(host);
    assertThat(refused.code()).isEqualTo(Code.HOST_ACCESS_DENIED);
    assertThat(refused.found()).contains("nobody-here");
  }

  @Test
  void run_keyNotAccepted_isDenied() throws IOException {
    newKey("ed25519");
    assertThat(refused(with(dir.resolve("key-ed25519"))).code()).isEqualTo(Code.HOST_ACCESS_DENIED);
  }

  @Test
  void run_nobodyAtTheAddress_isUnreachableWithinTheLimit() {
    String nobody = target.host().address().replaceAll("\\d+$", "250");
    assertUnreachable(SshHost.at(nobody));
  }

  @Test
  void run_portClosed_isUnreachable() {
    assertUnreachable(SshHost.at(target.host().address()).port(2222));
  }

  @Test
  void run_nameUnknown_isUnreachable() {
    assertUnreachable(SshHost.at("no-such-host.invalid"));
  }

  private void assertUnreachable(SshHostBuilder builder) {
    SshHost host =
        builder
            .user("core")
            .identity(target.lab().sshKey())
            .knownHosts(target.lab().knownHosts())
            .connectLimit(LIMIT)
            .build();
    long start = System.nanoTime();
    RefusedException refused = refused(host);
    assertThat(refused.code()).isEqualTo(Code.HOST_UNREACHABLE);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT.plusMillis(700));
  }

  private SshHost with(Path identity) {
    return target.builder().identity(identity).knownHosts(target.lab().knownHosts()).build();
  }

  private RefusedException refusedKnowing(String publicKey) throws IOException {
    String[] words = publicKey.split(" ", -1);
    String line = target.host().address() + " " + words[0] + " " + words[1] + "\n";
    return refused(target.knowing(Files.writeString(dir.resolve("known"), line)));
  }

  private static RefusedException refused(SshHost host) {
    try (host) {
      return catchThrowableOfType(RefusedException.class, () -> host.run(TOUCH));
    }
  }

  private void assertNothingWasRun() {
    assertThat(target.host().run("test", "-e", "/tmp/was-run").ok()).isFalse();
  }

  /** {@return the public key of a new pair of that type} */
  private String newKey(String type) {
    String kind = type.replace("ssh-", "");
    return Keygen.newKey(dir.resolve("key-" + kind), "-t", kind, "-N", "");
  }
}
