package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Command;
import io.clusterrecovery.Secret;
import org.junit.jupiter.api.Test;

class CommandLineTest {
  private final CommandLine core = new CommandLine("core", false);

  @Test
  void text_plain_becomesTheProgram() {
    assertThat(core.text(Command.of("ls", "-l", ""), true)).endsWith(" >&2\nexec 'ls' '-l' ''");
  }

  @Test
  void text_readsNothing_getsNoStandardInput() {
    assertThat(core.text(Command.of("cat"), false)).endsWith("\nexec 'cat' </dev/null");
    assertThat(core.text(Command.of("cat").asRoot(), false)).contains("exec \"$@\" </dev/null'");
  }

  @Test
  void text_environmentAndDirectory_areSetByWhomItRunsAs() {
    Command command = Command.of("pwd").in("logs").env("B", "2").env("A", "1 x");
    String set = "cd -- %s./logs%s || exit\nexport A=%s1 x%s\nexport B=%s2%s\n";
    String plain = set.replace("%s", "'");
    assertThat(core.text(command, true)).endsWith(" >&2\n" + plain + "exec 'pwd'");
    assertThat(core.text(command.asRoot(), true))
        .contains(" sudo -n -- sh -c '")
        .contains(set.replace("%s", "'\\''"))
        .endsWith("exec \"$@\"' sh 'pwd'");
  }

  @Test
  void text_asRootByRoot_needsNoSudo() {
    assertThat(new CommandLine("root", true).text(Command.of("id").asRoot(), true))
        .doesNotContain("sudo");
  }

  @Test
  void text_withAPassword_letsSudoAskAndForget() {
    assertThat(new CommandLine("core", true).text(Command.of("id").asRoot(), true))
        .contains(" sudo -k -S -p " + CommandLine.PROMPT + " -- sh -c ");
  }

  @Test
  void text_stdin_isInNone() {
    Command command = Command.of("cat").asRoot().stdin(Secret.of("hidden"));
    assertThat(core.text(command, true) + command).doesNotContain("hidden");
  }

  @Test
  void text_tooLongForAProgram_isRefused() {
    assertThatThrownBy(() -> core.text(Command.of("echo", "x".repeat(128 << 10)), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("standard input");
    String[] many = new String[11];
    java.util.Arrays.fill(many, "x".repeat(100 << 10));
    assertThatThrownBy(() -> core.text(Command.of("echo", many), false))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
