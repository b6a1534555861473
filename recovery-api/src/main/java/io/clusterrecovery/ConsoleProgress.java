package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Prints what happens, one line each: steps with their limits, plans, changes, what waits last saw,
 * and transfers once a second. On a terminal a transfer's line is drawn over until it is done;
 * elsewhere every line is a plain one of its own. Thread-safe.
 */
public final class ConsoleProgress implements EventListener {
  private static final Duration TRANSFER_PACE = Duration.ofSeconds(1);
  private static final int BAR = 24;
  private static final String INDENT = " ".repeat(14);

  private static final String TO_THE_START = "\r\u001b[K";

  private final PrintStream out;
  private final boolean terminal;
  private @Nullable Instant start;
  private Instant lastTransfer = Instant.EPOCH;
  private boolean drawing;

  private ConsoleProgress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** {@return a listener that prints plain lines to the given stream} */
  public static ConsoleProgress to(PrintStream out) {
    return new ConsoleProgress(requireNonNull(out, "out"), false);
  }

  /** {@return a listener that prints to the given stream, which is a terminal} */
  public static ConsoleProgress terminal(PrintStream out) {
    return new ConsoleProgress(requireNonNull(out, "out"), true);
  }

  @Override
  public synchronized void on(Event event) {
    if (start == null) {
      start = event.at();
    }
    String line = line(event);
    if (!line.isEmpty()) {
      String time = Durations.words(Duration.between(start, event.at()));
      print(String.format("%9s  %s", time, line), event);
    }
  }

  private void print(String line, Event event) {
    out.print(drawing ? TO_THE_START + line : line);
    drawing = terminal && event instanceof Event.Transfer e && !isLast(e.progress());
    out.print(drawing ? "" : System.lineSeparator());
    out.flush();
  }

  private static boolean isLast(TransferProgress p) {
    return p.bytes() >= p.total();
  }

  private String line(Event event) {
    if (event instanceof Event.Transfer e) {
      return transfer(e);
    } else if (event instanceof Event.Planned e) {
      return "   " + e.plan().toString().replace("\n", "\n" + INDENT);
    }
    return EventText.of(event);
  }

  private String transfer(Event.Transfer event) {
    TransferProgress p = event.progress();
    if (!isLast(p) && Duration.between(lastTransfer, event.at()).compareTo(TRANSFER_PACE) < 0) {
      return "";
    }
    lastTransfer = event.at();
    int done = p.total() == 0 ? BAR : (int) (BAR * p.bytes() / p.total());
    return "     [%s%s] %d of %d KiB of %s to %s"
        .formatted(
            "#".repeat(done),
            ".".repeat(BAR - done),
            p.bytes() >> 10,
            p.total() >> 10,
            p.file(),
            p.host());
  }

  @Override
  public String toString() {
    return "progress on a " + (terminal ? "terminal" : "stream");
  }
}
