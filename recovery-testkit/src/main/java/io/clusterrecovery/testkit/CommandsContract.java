package io.clusterrecovery.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.PrintedLine;
import io.clusterrecovery.PrintedLine.Stream;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.Secret;
import io.clusterrecovery.StepFailedException;
import io.clusterrecovery.TimedOutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands, and small files read. */
interface CommandsContract extends HostContract {
  /** What some shell or other would change. */
  List<String> NASTY =
      List.of(
          "",
          " ",
          "'",
          "'\\''",
          "\"",
          "\\",
          "\\\\'",
          "$(id)",
          "`id`",
          "$HOME",
          "!!",
          "-n",
          "--",
          "a\nb",
          "a\r\nb",
          "\n",
          "\t",
          "*",
          "~",
          "#x",
          "a;b&c|d<e>f",
          "{a,b}",
          "é 漢 🦊",
          "end\\");

  @Test
  default void run_anyText_arrivesAsItIs() {
    List<String> line = new ArrayList<>(List.of("%s\\0"));
    line.addAll(NASTY);
    String all = String.join("\0", NASTY) + "\0";
    try (RemoteHost host = openHost()) {
      Command command = Command.of("printf", line.toArray(String[]::new));
      assertThat(host.run(command).out()).isEqualTo(all);
      assertThat(host.run(command.asRoot()).out()).isEqualTo(all);
    }
  }

  @Test
  default void run_withDirectoryAndEnvironment_hasBoth() {
    Command command = HostContract.shell("pwd; printf %s \"$PROBE\"").in("/usr/bin");
    try (RemoteHost host = openHost()) {
      for (String value : NASTY) {
        Command probing = command.env("PROBE", value);
        assertThat(host.run(probing).out()).isEqualTo("/usr/bin\n" + value);
        assertThat(host.run(probing.asRoot()).out()).isEqualTo("/usr/bin\n" + value);
      }
    }
  }

  @Test
  default void run_asRoot_isRoot() {
    try (RemoteHost host = openHost()) {
      assertThat(host.run(Command.of("id", "-u").asRoot()).text()).isEqualTo("0");
    }
  }

  @Test
  default void run_stdin_arrivesWhole() {
    byte[] bytes = new byte[300_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31 + i / 251);
    }
    try (RemoteHost host = openHost()) {
      String digest = TestDigests.sha256(bytes);
      Command sum = Command.of("sha256sum");
      assertThat(host.run(sum.stdin(Secret.of(bytes))).out()).startsWith(digest);
      assertThat(host.run(sum.asRoot().stdin(Secret.of(bytes))).out()).startsWith(digest);
      assertThat(host.run(Command.of("cat")).out()).isEmpty();
      assertThat(host.run(Command.of("cat").stdin(Secret.of(""))).out()).isEmpty();
    }
  }

  @Test
  default void run_fails_givesStatusAndBothStreams() {
    try (RemoteHost host = openHost()) {
      CommandResult result = host.run(HostContract.shell("echo out; echo err >&2; exit 42"));
      assertThat(result.exitStatus()).isEqualTo(42);
      assertThat(result.signal()).isNull();
      assertThat(result.out()).isEqualTo("out\n");
      assertThat(result.err()).isEqualTo("err\n");
      assertThat(result.dropped()).isZero();
    }
  }

  @Test
  default void run_programMissing_isAResult() {
    try (RemoteHost host = openHost()) {
      assertThat(host.run(Command.of("/no/such/program")).exitStatus()).isEqualTo(127);
    }
  }

  @Test
  default void run_killedBySignal_tellsIt() {
    try (RemoteHost host = openHost()) {
      Command killed = HostContract.shell("kill -s TERM $$");
      for (Command command : List.of(killed, killed.asRoot())) {
        CommandResult result = host.run(command);
        assertThat(result.exitStatus()).isEqualTo(143);
        assertThat(result.signal()).isEqualTo("TERM");
      }
    }
  }

  @Test
  default void run_muchOutput_keepsTheEndAndSaysHowMuchIsMissing() {
    try (RemoteHost host = openHost()) {
      CommandResult result = host.run(Command.of("seq", "1", "2000000").limit(LIMIT));
      assertThat(result.out()).endsWith("\n1999999\n2000000\n");
      assertThat(result.dropped() + result.out().length()).isEqualTo(14_888_896);
    }
  }

  @Test
  default void run_withLines_tellsEachOnce() {
    List<PrintedLine> lines = new ArrayList<>();
    try (RemoteHost host = openHost()) {
      CommandResult result =
          host.run(HostContract.shell("echo a; echo b >&2; printf c"), lines::add);
      assertThat(result.out()).isEqualTo("a\nc");
      assertThat(lines)
          .containsExactlyInAnyOrder(
              new PrintedLine(Stream.OUT, "a", 0),
              new PrintedLine(Stream.ERR, "b", 0),
              new PrintedLine(Stream.OUT, "c", 0));
    }
  }

  @Test
  default void run_atItsLimit_timesOutAndTheHostStaysUsable() {
    try (RemoteHost host = openHost()) {
      Command slow = Command.of("sleep", "5").limit(Duration.ofMillis(300));
      assertThatThrownBy(() -> host.run(slow)).isInstanceOf(TimedOutException.class);
      assertThat(host.run(Command.of("echo", "on")).text()).isEqualTo("on");
    }
  }

  @Test
  default void run_interrupted_stopsWaitingAndKeepsTheFlag() {
    try (RemoteHost host = openHost()) {
      host.run(Command.of("true"));
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> host.run(Command.of("true")))
          .isInstanceOf(StepFailedException.class)
          .extracting("code")
          .isEqualTo(Code.INTERRUPTED);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(host.run(Command.of("echo", "on")).text()).isEqualTo("on");
    }
  }

  @Test
  default void read_files_areReadAsRoot() {
    try (RemoteHost host = openHost()) {
      String folder = HostContract.newFolder(host);
      String make = "cd \"$1\" && printf 'a\\0b\\n' >small && head -c 1048577 /dev/zero >large";
      HostContract.asRoot(host, make, folder);
      assertThat(host.read(folder + "/small")).hasValue("a\0b\n".getBytes(UTF_8));
      assertThat(host.read(folder + "/absent")).isEmpty();
      assertThatThrownBy(() -> host.read(folder)).isInstanceOf(RefusedException.class);
      assertThatThrownBy(() -> host.read(folder + "/large")).isInstanceOf(RefusedException.class);
      HostContract.asRoot(host, "rm -r \"$1\"", folder);
    }
  }

  @Test
  default void close_again_doesNothingAndAClosedHostRunsNothing() {
    RemoteHost host = openHost();
    assertThat(host.name()).isNotBlank();
    host.run(Command.of("true"));
    host.close();
    host.close();
    assertThatThrownBy(() -> host.run(Command.of("true")))
        .isInstanceOf(IllegalStateException.class);
  }
}
