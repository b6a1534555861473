package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in to a real server with every kind of key. */
@ExtendWith(OneHost.class)
class LoginIT {
  private static final String PASSPHRASE = "correct 'horse' \\ $battery";
  private static final Command TOUCH = Command.of("touch", "/tmp/was-run-by-login");

  @TempDir Path dir;
  private final OneHost.Target target;

  LoginIT(OneHost.Target target) {
    this.target = target;
  }

  @ParameterizedTest
  @CsvSource({
    "-t ed25519, OPENSSH",
    "-t ecdsa -b 256, OPENSSH",
    "-t ecdsa -b 521, OPENSSH",
    "-t rsa -b 3072, OPENSSH",
    "-t rsa -b 2048 -m PEM, RSA",
    "-t ecdsa -b 384 -m PEM, EC",
    "-t rsa -b 2048 -m PKCS8, ''",
    "-t ecdsa -b 256 -m PKCS8, ''",
  })
  void run_keyOfEveryTypeAndFormat_logsInWithAndWithoutPassphrase(String options, String begins)
      throws IOException {
    Path open = newKey(options, "");
    assertThat(Files.readString(open)).startsWith("-----BEGIN " + begins);
    assertLogsIn(builder().identity(open));
    Path locked = newKey(options, PASSPHRASE);
    assertLogsIn(builder().identity(locked, Secret.of(PASSPHRASE)));
    assertThat(refused(builder().identity(locked)).found()).contains("protected by a passphrase");
    RefusedException wrong = refused(builder().identity(locked, Secret.of("wrong")));
    assertThat(wrong.code()).isEqualTo(Code.HOST_ACCESS_DENIED);
    assertThat(wrong.found()).contains("not its passphrase").doesNotContain("wrong");
  }

  @Test
  void run_ed25519KeyAsPkcs8_logsIn() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    String pem = Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded());
    Path file = dir.resolve("pkcs8");
    Files.writeString(
        file, "-----BEGIN PRIVATE KEY-----\n" + pem + "\n-----END PRIVATE KEY-----\n");
    byte[] spki = pair.getPublic().getEncoded();
    byte[] blob = SampleKeys.ED25519.blob();
    System.arraycopy(spki, spki.length - 32, blob, blob.length - 32, 32);
    authorize(SampleKeys.line(PublicKey.of(blob)));
    assertLogsIn(builder().identity(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not a key\n", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n"})
  void run_fileThatIsNoKey_isRefused(String content) throws IOException {
    Path file = Files.writeString(dir.resolve("no-key"), content);
    RefusedException refused = refused(builder().identity(file));
    assertThat(refused.code()).isEqualTo(Code.HOST_ACCESS_DENIED);
    assertThat(refused.found()).contains("is no private key");
  }

  @Test
  void run_fileThatCannotBeRead_isRefused() {
    assertThat(refused(builder().identity(dir)).found()).contains("cannot be read");
    assertThat(refused(builder().identity(dir.resolve("none"))).found()).contains("does not exist");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-t ed25519", "-t ecdsa", "-t rsa"})
  void run_keyInAnAgent_logsInAndTheAgentKeepsItsKeys(String options) {
    Path key = newKey(options, "");
    try (SshAgent agent = SshAgent.start(dir)) {
      agent.add(newKeyOfNobody());
      agent.add(key);
      String before = agent.list();
      assertLogsIn(builder().agent(agent.socket()));
      assertLogsIn(builder().identity(newKeyOfNobody()).agent(agent.socket()));
      assertThat(agent.list()).isEqualTo(before);
    }
  }

  @Test
  void run_fileLockedAndItsKeyInTheAgent_logsIn() {
    Path locked = newKey("-t ed25519", PASSPHRASE);
    Path open = dir.resolve("open");
    try (SshAgent agent = SshAgent.start(dir)) {
      Keygen.run(Map.of(), "cp", locked.toString(), open.toString());
      Keygen.run(
          Map.of(), "ssh-keygen", "-q", "-p", "-P", PASSPHRASE, "-N", "", "-f", open.toString());
      agent.add(open);
      assertLogsIn(builder().identity(locked).agent(agent.socket()));
    }
  }

  @Test
  void run_agentWithoutTheKey_isRefused() {
    RefusedException silent = refused(builder().agent(dir.resolve("no-agent")));
    assertThat(silent.found()).contains("ssh-agent").contains("does not answer");
    try (SshAgent agent = SshAgent.start(dir)) {
      assertThat(refused(builder().agent(agent.socket())).found()).contains("no key");
      agent.add(newKeyOfNobody());
      RefusedException denied = refused(builder().agent(agent.socket()));
      assertThat(denied.code()).isEqualTo(Code.HOST_ACCESS_DENIED);
      assertThat(denied.found()).contains("does not accept user core with the key");
    }
  }

  private SshHostBuilder builder() {
    return target.builder().knownHosts(target.lab().knownHosts());
  }

  private Path newKey(String options, String passphrase) {
    Path file = newFile();
    authorize(keygen(file, options, passphrase));
    return file;
  }

  private Path newKeyOfNobody() {
    Path file = newFile();
    keygen(file, "-t ed25519", "");
    return file;
  }

  private static String keygen(Path file, String options, String passphrase) {
    String[] given = options.split(" ", -1);
    String[] all = Arrays.copyOf(given, given.length + 2);
    all[given.length] = "-N";
    all[given.length + 1] = passphrase;
    return Keygen.newKey(file, all);
  }

  private Path newFile() {
    return dir.resolve("key-" + System.nanoTime());
  }

  private void authorize(String publicKey) {
    target.inside("echo '" + publicKey + "' >>~core/.ssh/authorized_keys");
  }

  private static void assertLogsIn(SshHostBuilder builder) {
    try (SshHost host = builder.build()) {
      assertThat(host.run(Command.of("id", "-un")).text()).isEqualTo("core");
    }
  }

  private RefusedException refused(SshHostBuilder builder) {
    target.inside("rm -f /tmp/was-run-by-login");
    try (SshHost host = builder.build()) {
      RefusedException refused =
          catchThrowableOfType(RefusedException.class, () -> host.run(TOUCH));
      assertThat(refused).isNotNull();
      assertThat(target.host().run("test", "-e", "/tmp/was-run-by-login").ok()).isFalse();
      return refused;
    }
  }
}
