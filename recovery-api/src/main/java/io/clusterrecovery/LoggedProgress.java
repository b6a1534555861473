package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs what happens by SLF4J, for a service that has no terminal. Thread-safe.
 *
 * <p>Steps, plans, changes, and the begin and end of waits are logged at {@code INFO}; what failed,
 * was refused, reached its limit or is tried again at {@code WARN}; what waits see, lines of output
 * and ends of transfers at {@code DEBUG}. The key {@code step} carries the step's name.
 */
public final class LoggedProgress implements EventListener {
  private final Logger log;

  private LoggedProgress(Logger log) {
    this.log = log;
  }

  /** {@return a listener that logs to the logger {@code io.clusterrecovery.progress}} */
  public static LoggedProgress create() {
    return to("io.clusterrecovery.progress");
  }

  /** {@return a listener that logs to the logger of that name} */
  public static LoggedProgress to(String logger) {
    return new LoggedProgress(LoggerFactory.getLogger(requireNonNull(logger, "logger")));
  }

  @Override
  public void on(Event event) {
    String text = text(event).strip();
    if (!text.isEmpty()) {
      log.atLevel(level(event)).addKeyValue("step", event.step()).log("{}", text);
    }
  }

  private static String text(Event event) {
    if (event instanceof Event.Planned e) {
      return e.plan().toString();
    } else if (event instanceof Event.Transfer e) {
      TransferProgress p = e.progress();
      return p.bytes() < p.total() ? "" : p.file() + " is on " + p.host();
    }
    return EventText.of(event);
  }

  private static Level level(Event event) {
    if (event instanceof Event.StepFinished e) {
      return level(e.outcome());
    } else if (event instanceof Event.ChangeFinished e) {
      return level(e.outcome());
    } else if (event instanceof Event.WaitFinished e) {
      return level(e.outcome());
    } else if (event instanceof Event.Retried) {
      return Level.WARN;
    }
    boolean often =
        event instanceof Event.WaitProgress
            || event instanceof Event.Line
            || event instanceof Event.Transfer;
    return often ? Level.DEBUG : Level.INFO;
  }

  private static Level level(Outcome outcome) {
    return outcome == Outcome.DONE || outcome == Outcome.UNCHANGED ? Level.INFO : Level.WARN;
  }

  @Override
  public String toString() {
    return "progress in the log";
  }
}
