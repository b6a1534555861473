package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users whose login shell is not bash, or prints, or runs nothing. */
@ExtendWith(OneHost.class)
class LoginShellsIT {
  @TempDir Path dir;
  private final OneHost.Target target;

  LoginShellsIT(OneHost.Target target) {
    this.target = target;
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "dash", "zsh", "tcsh", "fish"})
  void run_underAnyShell_nothingIsChangedOnTheWay(String shell) throws IOException {
    // Every byte that UTF-8 can have is in here.
    String every =
        IntStream.range(1, 0x2000).mapToObj(Character::toString).collect(Collectors.joining())
            + IntStream.rangeClosed(0x10, 0x10f)
                .mapToObj(high -> Character.toString(high << 12))
                .filter(c -> !Character.isSurrogate(c.charAt(0)) || c.length() == 2)
                .collect(Collectors.joining());
    List<String> all = new ArrayList<>(QuotingTest.NASTY);
    all.add(every);
    all.add("x".repeat(100 << 10));
    List<String> line = new ArrayList<>(List.of("%s\\0"));
    line.addAll(all);
    try (SshHost host = userOf(shell, "/bin/" + shell)) {
      Command command = Command.of("printf", line.toArray(String[]::new));
      assertThat(split(host.run(command))).isEqualTo(all);
      assertThat(split(host.run(command.asRoot()))).isEqualTo(all);
      Command setting =
          Command.of("sh", "-c", "printf '%s\\0' \"$PROBE\"; pwd").env("PROBE", every);
      assertThat(host.run(setting.asRoot().in("/var/log")).out()).isEqualTo(every + "\0/var/log\n");
      byte[] bytes = new byte[300_000];
      new Random(3).nextBytes(bytes);
      Path file = Files.write(dir.resolve("file"), bytes);
      assertThat(host.run(Command.of("sha256sum").asRoot().stdin(Secret.of(bytes))).out())
          .startsWith(LocalFiles.sha256(file, new Failures("here")));
      CommandResult killed = host.run(Command.of("sh", "-c", "kill -TERM $$"));
      assertThat(killed.signal()).isEqualTo("TERM");
      assertThat(killed.exitStatus()).isEqualTo(143);
    }
  }

  @Test
  void run_startUpFileReadsInput_isRefusedAndRunsNothing() {
    try (SshHost host = userOf("greedy", "/bin/bash")) {
      target.inside("echo 'head -c 20 >/dev/null' >~user-greedy/.bashrc");
      assertRefused(host, Command.of("touch", "/tmp/made"), "standard input");
      assertRefused(host, Command.of("touch", "/tmp/made").asRoot(), "standard input");
    }
  }

  @Test
  void run_shellThatRunsNothing_isRefusedAndRunsNothing() {
    try (SshHost host = userOf("nologin", "/usr/sbin/nologin")) {
      assertRefused(host, Command.of("touch", "/tmp/made"), "not available");
      assertThatThrownBy(() -> host.start("never", Command.of("touch", "/tmp/made")))
          .isInstanceOf(RefusedException.class);
    }
  }

  @Test
  void run_restrictedShell_isRefusedAndRunsNothing() {
    try (SshHost host = userOf("rbash", "/bin/rbash")) {
      assertRefused(host, Command.of("touch", "/tmp/made"), "restricted");
    }
  }

  private void assertRefused(SshHost host, Command command, String found) {
    assertThatThrownBy(() -> host.run(command))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(found)
        .extracting("code")
        .isEqualTo(Code.HOST_ACCESS_DENIED);
    assertThat(target.host().run("test", "-e", "/tmp/made").ok()).isFalse();
  }

  private SshHost userOf(String name, String shell) {
    return target.user("user-" + name, shell, "NOPASSWD: ALL").build();
  }

  private static List<String> split(CommandResult result) {
    String out = result.out();
    assertThat(result.succeeded()).as(result.summary()).isTrue();
    return Arrays.asList(out.substring(0, out.length() - 1).split("\0", -1));
  }
}
