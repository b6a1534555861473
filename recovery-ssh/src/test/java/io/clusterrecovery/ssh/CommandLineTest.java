package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Command;
import io.clusterrecovery.Secret;
import org.junit.jupiter.api.Test;

class CommandLineTest {
  private final CommandLine core = new CommandLine("core");

  @Test
  void arguments_plain_areUntouched() {
    assertThat(core.arguments(Command.of("ls", "-l", ""))).containsExactly("ls", "-l", "");
  }

  @Test
  void arguments_asRoot_passesTheNamedVariablesThroughSudo() {
    Command command = Command.of("printenv").asRoot().env("B", "2").env("A", "1 x");
    assertThat(core.arguments(command))
        .containsExactly("sudo", "-n", "--", "env", "A=1 x", "B=2", "printenv");
  }

  @Test
  void arguments_asRootByRoot_needsNoSudo() {
    assertThat(new CommandLine("root").arguments(Command.of("id").asRoot())).containsExactly("id");
  }

  @Test
  void arguments_directory_isChangedToAsWhomItRuns() {
    assertThat(core.arguments(Command.of("pwd").asRoot().in("/root")))
        .containsExactly(
            "sudo",
            "-n",
            "--",
            "/bin/sh",
            "-c",
            "cd -- \"$1\" && shift && exec \"$@\"",
            "sh",
            "/root",
            "pwd");
  }

  @Test
  void arguments_stdin_isInNone() {
    Command command = Command.of("cat").asRoot().stdin(Secret.of("hidden"));
    assertThat(core.arguments(command).toString() + command).doesNotContain("hidden");
  }
}
