package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshConfigTest {
  @TempDir Path home;

  @Test
  void settings_everyKeyword_isTaken() throws IOException {
    SshSettings host =
        settings(
            """
            Host master-0
              HostName 10.0.0.10
              Port 2222
              User core
              IdentityFile ~/.ssh/%r@%h
              IdentityFile %d/keys/${WHICH}
              UserKnownHostsFile ~/known "/var/lib/known hosts"
              GlobalKnownHostsFile none
              HostKeyAlias master
              IdentitiesOnly yes
              IdentityAgent ~/agent
              StrictHostKeyChecking no
            """);
    assertThat(host.address()).isEqualTo("10.0.0.10:2222");
    assertThat(host.user()).isEqualTo("core");
    assertThat(host.login().named()).isFalse();
    assertThat(host.login().agentOnlyFor()).isTrue();
    assertThat(host.login().agent()).isEqualTo(home.resolve("agent"));
    assertThat(host.login().files())
        .extracting(KeyFile::file)
        .containsExactly(home.resolve(".ssh/core@10.0.0.10"), home.resolve("keys/this"));
    assertThat(host.trust().knownHosts())
        .containsExactly(home.resolve("known"), Path.of("/var/lib/known hosts"));
    assertThat(host.trust().alias()).isEqualTo("master");
    assertThat(host.via()).isNull();
  }

  @Test
  void settings_nothingSaid_areThoseOfOpenssh() throws IOException {
    SshSettings host = settings("Host other\n  User x\n");
    assertThat(host.address()).isEqualTo("master-0");
    assertThat(host.user()).isEqualTo(System.getProperty("user.name"));
    assertThat(host.login()).isEqualTo(Login.byDefault(home, environment()));
    assertThat(host.trust().knownHosts())
        .startsWith(home.resolve(".ssh/known_hosts"), home.resolve(".ssh/known_hosts2"))
        .endsWith(Path.of("/etc/ssh/ssh_known_hosts2"));
  }

  @Test
  void settings_setByTheCaller_winOverTheFile() throws IOException {
    SshOptions options = options("Host *\n  Port 2222\n  User core\n  ProxyJump bastion\n");
    options.port.set(22);
    options.user.set("root");
    options.knownHosts.set(List.of(Path.of("/k")));
    options.identity.set(new KeyFile(Path.of("/id"), null));
    options.via.set(settings("Host *\n  HostName 10.9.9.9\n"));
    SshSettings host = options.settings();
    assertThat(host.address()).isEqualTo("master-0");
    assertThat(host.user()).isEqualTo("root");
    assertThat(host.trust().knownHosts()).containsExactly(Path.of("/k"));
    assertThat(host.login().files()).extracting(KeyFile::file).containsExactly(Path.of("/id"));
    assertThat(host.via()).extracting(SshSettings::address).isEqualTo("10.9.9.9");
  }

  @Test
  void settings_jumps_areTakenInOrderEachByItsOwnEntry() throws IOException {
    SshSettings host =
        settings(
            """
            Host master-0
              ProxyJump me@outer:2200,inner
            Host outer
              HostName 10.0.0.1
              User nobody
              ProxyJump gate
            Host inner
              HostName 10.0.0.2
              ProxyJump none
            Host *
              User core
            """);
    SshSettings inner = via(host);
    assertThat(inner.address()).isEqualTo("10.0.0.2");
    assertThat(inner.user()).isEqualTo("core");
    SshSettings outer = via(inner);
    assertThat(outer.address()).isEqualTo("10.0.0.1:2200");
    assertThat(outer.user()).isEqualTo("me");
    assertThat(via(outer).address()).isEqualTo("gate");
    assertThat(via(outer).via()).isNull();
  }

  @Test
  void settings_jumpForEverybody_isNotForTheJumpHostItself() throws IOException {
    SshSettings host = settings("Host *\n  ProxyJump bastion\n");
    assertThat(via(host).address()).isEqualTo("bastion");
    assertThat(via(host).via()).isNull();
  }

  @Test
  void settings_jumpsInACircleOrByACommand_areMisuse() throws IOException {
    SshOptions circle =
        options("Host master-0\n  ProxyJump a\nHost a\n  ProxyJump b\nHost b\n  ProxyJump a\n");
    assertThatIllegalStateException()
        .isThrownBy(circle::settings)
        .withMessageContaining("in a circle");
    SshOptions command = options("Host *\n  ProxyCommand nc %h %p\n");
    assertThatIllegalStateException()
        .isThrownBy(command::settings)
        .withMessageContaining("ProxyCommand")
        .withMessageContaining("via(");
  }

  @Test
  void settings_includeAndMatch_applyWhereTheyStand() throws IOException {
    Files.createDirectories(home.resolve(".ssh/config.d"));
    Files.writeString(home.resolve(".ssh/config.d/10-a.conf"), "Port 2201\nHost x\n  User x\n");
    Files.writeString(home.resolve(".ssh/config.d/20-b.conf"), "Port 2202\n");
    Files.writeString(home.resolve(".ssh/config.d/.hidden.conf"), "Port 2203\n");
    SshConfig config =
        read(
            """
            Match exec "true"
              User never
            Host nobody
              Include config.d/*.conf
            Match originalhost master-*
              Include ~/.ssh/config.d/*.conf missing/*
              HostName %h.example.com
            Match host *.example.com
              User core
            Match host master-0
              User late
            Match all
              HostKeyAlias a
            """);
    assertThat(config.first("port")).contains("2201");
    assertThat(config.hostName()).isEqualTo("master-0.example.com");
    assertThat(config.all("user")).containsExactly("core");
    assertThat(config.first("hostkeyalias")).contains("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host \"a\n",
        "Host *\n  Port 0\n",
        "Host *\n  Port x\n",
        "Host *\n  HostName -oProxyCommand=x\n",
        "Host *\n  ProxyJump :22\n",
        "Host *\n  IdentityFile ~/%C\n",
        "Include config\n",
      })
  void settings_cannotBeUnderstood_areRefusedBeforeAnythingIsDone(String text) {
    assertThatThrownBy(() -> settings(text))
        .isInstanceOf(RefusedException.class)
        .extracting("code")
        .isEqualTo(Code.FILE_UNREADABLE);
  }

  @Test
  void fromConfig_fileNotThere_isRefused() {
    assertThatThrownBy(() -> SshHost.fromConfig("a", home.resolve("none")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("none does not exist");
  }

  private static SshSettings via(SshSettings host) {
    return Objects.requireNonNull(host.via());
  }

  private SshSettings settings(String text) throws IOException {
    return options(text).settings();
  }

  private SshOptions options(String text) throws IOException {
    return new SshOptions(
        new ConfiguredHost("master-0", List.of(write(text)), home, environment()));
  }

  private SshConfig read(String text) throws IOException {
    return SshConfig.read("master-0", List.of(write(text)), home);
  }

  private Path write(String text) throws IOException {
    Files.createDirectories(home.resolve(".ssh"));
    return Files.writeString(home.resolve(".ssh/config"), text);
  }

  private static Map<String, String> environment() {
    return Map.of("WHICH", "this", "SSH_AUTH_SOCK", "/run/agent");
  }
}
