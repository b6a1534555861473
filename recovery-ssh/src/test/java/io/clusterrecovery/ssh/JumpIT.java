package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A server that listens on its host's loopback alone, reached through the one that is open. */
@ExtendWith(OneHost.class)
class JumpIT {
  private static final int PORT = 2303;
  private static final int INNER_PORT = 2304;
  private static final String LOOPBACK = "ListenAddress 127.0.0.1";

  @TempDir Path dir;
  private final OneHost.Target target;
  private final String key;
  private final Sshd hidden;

  JumpIT(OneHost.Target target) {
    this.target = target;
    this.key = Sshd.newKey(target, "ed25519");
    this.hidden = Sshd.start(target, PORT, List.of(key), LOOPBACK);
  }

  @AfterEach
  void stopServer() {
    hidden.close();
  }

  @Test
  void run_throughAJumpHost_reachesWhatIsHiddenBehindIt() throws IOException {
    try (SshHost jump = target.ssh();
        SshHost host = behind(PORT).hostKey(print(key)).via(jump).build()) {
      assertThat(host.name()).isEqualTo("127.0.0.1:" + PORT);
      assertThat(host.run(Command.of("id", "-un")).text()).isEqualTo("core");
      byte[] bytes = new byte[3 << 20];
      new Random(4).nextBytes(bytes);
      Path file = Files.write(dir.resolve("file"), bytes);
      host.upload(Upload.of(file, "/tmp/through-a-jump"), progress -> {});
      assertThat(host.run(Command.of("stat", "-c", "%s", "/tmp/through-a-jump")).text())
          .isEqualTo("" + bytes.length);
    }
  }

  @Test
  void run_jumpConnectionCut_isMadeAnew() {
    try (SshHost jump = target.ssh();
        SshHost host = behind(PORT).hostKey(print(key)).via(jump).build()) {
      host.connect();
      target.cutConnections();
      Eventually.holds("it notices", () -> host.toString().contains("not connected"));
      assertThat(host.run(Command.of("echo", "again")).text()).isEqualTo("again");
    }
  }

  @Test
  void run_throughTwoJumpHosts_reachesTheLast() {
    String innerKey = Sshd.newKey(target, "ecdsa");
    try (Sshd inner = Sshd.start(target, INNER_PORT, List.of(innerKey), LOOPBACK);
        SshHost outer = target.ssh();
        SshHost middle = behind(PORT).hostKey(print(key)).via(outer).build()) {
      assertThat(inner.name()).contains("" + INNER_PORT);
      Sshd.assertTrusted(behind(INNER_PORT).hostKey(print(innerKey)).via(middle));
    }
  }

  @Test
  void run_proxyJumpOfAConfiguration_isFollowed() throws IOException {
    String innerKey = Sshd.newKey(target, "rsa");
    Path known =
        Files.writeString(
            dir.resolve("known"),
            "[127.0.0.1]:%d %s\ninner %s\n%s"
                .formatted(
                    PORT,
                    Sshd.publicKey(target, key),
                    Sshd.publicKey(target, innerKey),
                    Files.readString(target.lab().knownHosts())));
    Path config =
        Files.writeString(
            dir.resolve("config"),
            """
            Host inner
              HostName 127.0.0.1
              Port %d
              HostKeyAlias inner
              ProxyJump outer,core@127.0.0.1:%d
            Host outer
              HostName %s
            Host *
              User core
              IdentityFile %s
              IdentityAgent none
              UserKnownHostsFile %s
              GlobalKnownHostsFile none
            """
                .formatted(
                    INNER_PORT, PORT, target.host().address(), target.lab().sshKey(), known));
    try (Sshd inner = Sshd.start(target, INNER_PORT, List.of(innerKey), LOOPBACK)) {
      assertThat(inner.name()).contains("" + INNER_PORT);
      Sshd.assertTrusted(SshHost.fromConfig("inner", config));
      String ssh = Keygen.run(Map.of(), "ssh", "-F", config.toString(), "inner", "echo through");
      assertThat(ssh.strip()).isEqualTo("through");
    }
  }

  @Test
  void run_anyHopWithAnotherKey_isRefused() {
    String other = print(Sshd.newKey(target, "ed25519"));
    try (SshHost jump = target.ssh();
        SshHost wrong = reached().hostKey(other).build()) {
      RefusedException ofHost = hidden.refused(behind(PORT).hostKey(other).via(jump));
      assertThat(ofHost.code()).isEqualTo(Code.HOST_KEY_CHANGED);
      assertThat(ofHost.found()).startsWith("127.0.0.1:" + PORT + ": it shows the key");
      RefusedException ofJump = hidden.refused(behind(PORT).hostKey(print(key)).via(wrong));
      assertThat(ofJump.code()).isEqualTo(Code.HOST_KEY_CHANGED);
      assertThat(ofJump.found())
          .startsWith("127.0.0.1:" + PORT + ": its jump host cannot be used")
          .contains(target.host().address() + ": it shows the key")
          .contains("pinned is " + other);
    }
  }

  @Test
  void run_jumpHostDead_isItsOwnError() {
    try (SshHost dead = reached().port(2299).hostKey(print(key)).build()) {
      RefusedException refused = hidden.refused(behind(PORT).hostKey(print(key)).via(dead));
      assertThat(refused.code()).isEqualTo(Code.JUMP_HOST_UNREACHABLE);
      assertThat(refused.found())
          .startsWith("127.0.0.1:" + PORT)
          .contains(target.host().address() + ":2299");
    }
  }

  @Test
  void run_nothingBehindTheJumpHost_isUnreachableThroughIt() {
    try (SshHost jump = target.ssh()) {
      RefusedException refused = hidden.refused(behind(2298).hostKey(print(key)).via(jump));
      assertThat(refused.code()).isEqualTo(Code.HOST_UNREACHABLE);
      assertThat(refused.found())
          .contains("port 2298 through " + target.host().address())
          .contains("it cannot connect to 127.0.0.1:2298");
    }
  }

  private SshHostBuilder reached() {
    return target.builder().identity(target.lab().sshKey());
  }

  private SshHostBuilder behind(int port) {
    return SshHost.at("127.0.0.1").port(port).user("core").identity(target.lab().sshKey());
  }

  private String print(String key) {
    return Sshd.fingerprint(target, key);
  }
}
