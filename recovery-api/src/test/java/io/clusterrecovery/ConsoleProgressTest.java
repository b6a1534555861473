package io.clusterrecovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
  private static final Instant START = Instant.parse("2026-11-25T00:00:00Z");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void to_transfer_printsPlainLines() {
    transfer(ConsoleProgress.to(out));
    assertThat(printed().lines())
        .containsExactly(
            "     0 ms  == send (until the deadline: 1 min 00 s)",
            "    1.0 s       [############............] 50 of 100 KiB of s.db to host-1",
            "    2.0 s       [########################] 100 of 100 KiB of s.db to host-1",
            "    3.0 s       | done");
  }

  @Test
  void terminal_transfer_isDrawnOverUntilItIsDone() {
    transfer(ConsoleProgress.terminal(out));
    assertThat(printed())
        .contains("50 of 100 KiB of s.db to host-1\r\u001b[K    2.0 s")
        .contains("100 of 100 KiB of s.db to host-1\n    3.0 s");
  }

  @Test
  void terminal_otherLineDuringATransfer_takesItsPlace() {
    ConsoleProgress console = ConsoleProgress.terminal(out);
    console.on(transfer(1, 50));
    console.on(new Event.Line(START.plusSeconds(2), "send", "a remark"));
    assertThat(printed()).contains("KiB of s.db to host-1\r\u001b[K    1.0 s       | a remark\n");
  }

  private static void transfer(ConsoleProgress console) {
    console.on(new Event.StepStarted(START, "send", Duration.ofMinutes(1)));
    console.on(transfer(1, 50));
    console.on(transfer(2, 100));
    console.on(new Event.Line(START.plusSeconds(3), "send", "done"));
  }

  private static Event transfer(int second, long kibibytes) {
    TransferProgress progress = new TransferProgress("s.db", "host-1", kibibytes << 10, 100L << 10);
    return new Event.Transfer(START.plusSeconds(second), "send", progress);
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
