package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.PrintedLine;
import io.clusterrecovery.TimedOutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OneHost.class)
class StreamedLinesIT {
  private final OneHost.Target target;
  private final SshHost host;
  private final List<PrintedLine> lines = new ArrayList<>();

  StreamedLinesIT(OneHost.Target target) {
    this.target = target;
    this.host = target.ssh();
  }

  @AfterEach
  void close() {
    host.close();
    target.inside("rm -f /tmp/seen");
  }

  @Test
  void run_withLines_tellsALineWhileTheCommandRuns() {
    String waits = "echo one; until [ -e /tmp/seen ]; do sleep 0.02; done; echo two >&2; exit 5";
    Command command = Command.of("sh", "-c", waits).limit(Duration.ofSeconds(20));
    CommandResult result =
        host.run(
            command,
            line -> {
              lines.add(line);
              // From within, in the same thread, over the same connection.
              host.run(Command.of("touch", "/tmp/seen").asRoot());
            });
    assertThat(result.exitStatus()).isEqualTo(5);
    assertThat(lines.stream().map(PrintedLine::text)).containsExactly("one", "two");
  }

  @Test
  void run_withLines_atTheLimitHasToldWhatCame() {
    Command slow = Command.of("sh", "-c", "echo one; sleep 5").limit(Duration.ofMillis(900));
    assertThatThrownBy(() -> host.run(slow, lines::add)).isInstanceOf(TimedOutException.class);
    assertThat(lines).hasSize(1);
  }

  @Test
  void run_withLines_aListenerThatThrowsEndsTheWaiting() {
    Command slow = Command.of("sh", "-c", "echo one; sleep 5").asRoot();
    assertThatThrownBy(
            () ->
                host.run(
                    slow,
                    line -> {
                      throw new IllegalArgumentException(line.text());
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("one");
    assertThat(host.run(Command.of("echo", "on")).text()).isEqualTo("on");
  }

  @Test
  void run_withManyLines_losesNoneToAListenerThatKeepsUp() {
    CommandResult result = host.run(Command.of("seq", "1", "300000"), lines::add);
    assertThat(result.succeeded()).isTrue();
    assertThat(lines.stream().mapToLong(line -> line.missed() + 1).sum()).isEqualTo(300_000);
    assertThat(lines.get(lines.size() - 1).text()).isEqualTo("300000");
  }
}
