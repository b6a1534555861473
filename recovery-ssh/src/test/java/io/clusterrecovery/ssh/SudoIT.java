package io.clusterrecovery.ssh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.Secret;
import io.clusterrecovery.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Users who become root by sudo, or do not. */
@ExtendWith(OneHost.class)
class SudoIT {
  private static final String PASSWORD = "päss wörd'\\4711";
  private static final Command TOUCH = Command.of("touch", "/root/made").asRoot();

  @TempDir Path dir;
  private final OneHost.Target target;

  SudoIT(OneHost.Target target) {
    this.target = target;
  }

  @AfterEach
  void nothingWasMade() {
    assertThat(target.host().run("test", "-e", "/root/made").ok()).isFalse();
    target.inside("rm -f /etc/sudoers.d/zz-*");
  }

  @Test
  void run_withThePassword_isRootAndReadsItsOwnInputWhole() {
    byte[] bytes = new byte[1 << 20];
    IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) (i * 7));
    try (SshHost host = asked(PASSWORD)) {
      assertThat(host.run(Command.of("id", "-un").asRoot()).out()).isEqualTo("root\n");
      Command count = Command.of("sh", "-c", "id -un; cat").asRoot();
      assertThat(host.run(count.stdin(Secret.of(new byte[0]))).out()).isEqualTo("root\n");
      assertThat(host.run(count).out()).isEqualTo("root\n");
      Command sum = Command.of("cksum").asRoot().stdin(Secret.of(bytes));
      assertThat(host.run(sum).out())
          .isEqualTo(host.run(Command.of("cksum").stdin(Secret.of(bytes))).out());
      CommandResult result = host.run(Command.of("sh", "-c", "echo err >&2; exit 7").asRoot());
      assertThat(result.exitStatus()).isEqualTo(7);
      assertThat(result.err()).isEqualTo("err\n");
    }
  }

  @Test
  void run_withThePassword_showsItNowhere() {
    String look =
        "cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ | tr '\\0' '\\n' >/root/seen; env;"
            + " grep -cF \"$(printf '%s%s' wörd\\'\\\\ 4711)\" /root/seen; rm /root/seen";
    try (SshHost host = asked(PASSWORD)) {
      CommandResult result = host.run(Command.of("sh", "-c", look).asRoot());
      assertThat(result.out()).endsWith("\n0\n").doesNotContain("4711\n");
      assertThat(host.toString() + result).doesNotContain("4711");
    }
    assertThat(target.inside("journalctl --no-pager | grep -cF \"wörd'\\\\4711\" || :"))
        .isEqualTo("0");
  }

  @Test
  void everything_withThePassword_works() throws IOException {
    Path file = Files.writeString(dir.resolve("file"), PASSWORD);
    try (SshHost host = asked(PASSWORD)) {
      host.upload(Upload.of(file, "/root/there"), p -> {});
      assertThat(host.read("/root/there")).hasValue(Files.readAllBytes(file));
      host.download("/root/there", dir.resolve("back"), p -> {});
      assertThat(dir.resolve("back")).hasContent(PASSWORD);
      var job = host.start("by-password", Command.of("cat").asRoot().stdin(Secret.of("in")));
      assertThat(job.follow(0, Duration.ofSeconds(30), l -> {}).out()).isEqualTo("in");
      job.remove();
    }
    target.inside("rm /root/there");
  }

  @Test
  void run_withAWrongPassword_isRefusedAndRunsNothing() {
    // PAM makes whoever was wrong wait, which is not what is tried here.
    target.inside("sed -i 's/pam_unix.so nullok/& nodelay/' /etc/pam.d/common-auth");
    try (SshHost host = asked("wrong")) {
      Command touch = TOUCH.stdin(Secret.of(PASSWORD + "\n" + PASSWORD + "\n"));
      assertRefused(host, touch, "1 incorrect password attempt");
      assertRefused(host, TOUCH, "1 incorrect password attempt");
      assertThat(host.run(Command.of("id", "-un")).text()).isEqualTo("asked");
      assertThatThrownBy(() -> host.start("never", TOUCH)).isInstanceOf(RefusedException.class);
      Path file = Files.writeString(dir.resolve("file"), "text");
      assertThatThrownBy(() -> host.upload(Upload.of(file, "/root/made"), p -> {}))
          .isInstanceOf(RefusedException.class);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    target.inside("sed -i 's/ nodelay//' /etc/pam.d/common-auth");
  }

  @Test
  void run_sudoDoesNotAsk_doesNotGiveThePasswordToTheCommand() {
    try (SshHost host = askedWith("NOPASSWD: ALL", PASSWORD)) {
      assertThat(host.run(Command.of("cat").asRoot().stdin(Secret.of("in"))).out()).isEqualTo("in");
    }
    // An answer that sudo remembers for everybody, not only for a terminal.
    target.inside("echo 'Defaults timestamp_type=global' >/etc/sudoers.d/zz-global");
    try (SshHost host = asked(PASSWORD)) {
      Command remember = Command.of("sudo", "-S", "-v").stdin(Secret.of(PASSWORD + "\n"));
      assertThat(host.run(remember).succeeded()).isTrue();
      assertThat(host.run(Command.of("cat").asRoot().stdin(Secret.of("in"))).out()).isEqualTo("in");
    }
  }

  @Test
  void run_passwordWantedAndNoneGiven_isRefusedAndRunsNothing() {
    try (SshHost host = user("ALL").build()) {
      assertRefused(host, TOUCH, "a password is required");
    }
  }

  @Test
  void run_aCommandSpeaksLikeSudo_isNotTakenForIt() {
    try (SshHost host = target.user("plain", "/bin/sh", "").build()) {
      assertThat(host.run(Command.of("sh", "-c", "echo 'sudo: no' >&2; exit 1")).exitStatus())
          .isEqualTo(1);
    }
  }

  @Test
  void run_sudoWantsATerminal_isRefusedAndRunsNothing() {
    target.inside("echo 'Defaults requiretty' >/etc/sudoers.d/zz-tty");
    try (SshHost host = asked(PASSWORD)) {
      assertRefused(host, TOUCH, "must have a tty");
    }
  }

  @Test
  void run_sudoUsesAPty_changesNothing() {
    target.inside("echo 'Defaults use_pty' >/etc/sudoers.d/zz-pty");
    byte[] bytes =
        IntStream.range(0, 256)
            .mapToObj(i -> "" + (char) i)
            .reduce("", String::concat)
            .getBytes(ISO_8859_1);
    try (SshHost host = asked(PASSWORD)) {
      CommandResult result =
          host.run(Command.of("od", "-An", "-v", "-tu1").asRoot().stdin(Secret.of(bytes)));
      assertThat(result.out().strip().split("\\s+")).hasSize(256);
      assertThat(result.err()).isEmpty();
    }
  }

  @Test
  void run_asRoot_hasTheNamedVariablesAndNoneOfTheLogin() {
    target.inside(
        "printf 'Defaults env_keep += \"*\"\\nDefaults !env_reset\\n' >/etc/sudoers.d/zz-env");
    try (SshHost host = askedWith("NOPASSWD: SETENV: ALL", PASSWORD)) {
      target.inside("echo 'export LEAK=1 LANG=C.UTF-8' >~asked/.bashrc");
      assertThat(host.run(Command.of("env")).out()).contains("LEAK=1");
      String names = "env | cut -d= -f1 | sort | tr '\\n' ' '";
      assertThat(host.run(Command.of("sh", "-c", names).env("PROBE", "a b").asRoot()).out())
          .isEqualTo("HOME LOGNAME PATH PROBE PWD SHELL USER ");
    }
    target.inside("rm ~asked/.bashrc");
  }

  private void assertRefused(SshHost host, Command command, String found) {
    assertThatThrownBy(() -> host.run(command))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(found)
        .hasMessageNotContaining(CommandLine.PROMPT)
        .extracting("code")
        .isEqualTo(Code.HOST_ACCESS_DENIED);
  }

  private SshHost asked(String password) {
    return askedWith("ALL", password);
  }

  private SshHost askedWith(String rights, String password) {
    return user(rights).sudoPassword(Secret.of(password)).build();
  }

  private SshHostBuilder user(String rights) {
    SshHostBuilder builder = target.user("asked", "/bin/bash", rights);
    target.inside("printf '%s\\n' 'asked:" + PASSWORD.replace("'", "'\\''") + "' | chpasswd");
    return builder;
  }
}
