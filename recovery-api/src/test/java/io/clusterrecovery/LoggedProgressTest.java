package io.clusterrecovery;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggedProgressTest {
  private static final Instant AT = Instant.parse("2026-11-26T00:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Change CHANGE = Change.of("id", "stop etcd", "a", "runs", "stopped");

  private final Logger log = (Logger) LoggerFactory.getLogger("io.clusterrecovery.progress");
  private final ListAppender<ILoggingEvent> seen = new ListAppender<>();
  private final LoggedProgress progress = LoggedProgress.create();

  @BeforeEach
  void listen() {
    log.setLevel(Level.DEBUG);
    seen.start();
    log.addAppender(seen);
  }

  @AfterEach
  void stopListening() {
    log.detachAppender(seen);
  }

  @Test
  void on_whatGoesWell_isInfoWithTheStepAsKey() {
    progress.on(new Event.StepStarted(AT, "restore", MINUTE));
    progress.on(new Event.ChangeStarted(AT, "restore", CHANGE));
    progress.on(new Event.WaitFinished(AT, "restore", "stopped", Outcome.DONE, MINUTE, MINUTE));
    progress.on(new Event.StepFinished(AT, "restore", Outcome.UNCHANGED, MINUTE));
    assertThat(seen.list).extracting(ILoggingEvent::getLevel).containsOnly(Level.INFO);
    assertThat(seen.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "== restore (until the deadline: 1 min 00 s)",
            "stop etcd on a: runs -> stopped",
            "DONE after 1 min 00 s: stopped",
            "== restore: UNCHANGED after 1 min 00 s");
    assertThat(seen.list)
        .allSatisfy(e -> assertThat(e.getKeyValuePairs()).hasToString("[step=\"restore\"]"));
  }

  @Test
  void on_whatDoesNot_isWarn() {
    progress.on(new Event.ChangeFinished(AT, "restore", CHANGE, Outcome.FAILED, MINUTE));
    progress.on(new Event.Retried(AT, "restore", "list members", 2, "unavailable"));
    progress.on(new Event.WaitFinished(AT, "restore", "it", Outcome.TIMED_OUT, MINUTE, MINUTE));
    progress.on(new Event.StepFinished(AT, "restore", Outcome.REFUSED, MINUTE));
    assertThat(seen.list).hasSize(4).extracting(ILoggingEvent::getLevel).containsOnly(Level.WARN);
  }

  @Test
  void on_whatComesOften_isDebugAndATransferIsToldOnce() {
    progress.on(new Event.Transfer(AT, "restore", new TransferProgress("s.db", "a", 1, 2)));
    progress.on(new Event.Transfer(AT, "restore", new TransferProgress("s.db", "a", 2, 2)));
    progress.on(new Event.WaitProgress(AT, "restore", "it", "not yet", MINUTE, MINUTE));
    progress.on(new Event.Line(AT, "restore", "a line with {} in it"));
    assertThat(seen.list).extracting(ILoggingEvent::getLevel).containsOnly(Level.DEBUG);
    assertThat(seen.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "s.db is on a", "1 min 00 s of 1 min 00 s: not yet", "| a line with {} in it");
  }
}
