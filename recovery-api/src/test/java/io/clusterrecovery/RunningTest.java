package io.clusterrecovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunningTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder = Path.of("");
  private final World world = new World();
  private final CountDownLatch waiting = new CountDownLatch(1);
  private final CountDownLatch there = new CountDownLatch(1);
  private final Runbook.Builder book = Runbook.named("test book");

  @Test
  void start_stepsGoWell_givesTheReportAndHowFarItCame() throws Exception {
    book.step("first", world.setting("a"));
    book.step("second", world.setting("b"));
    Running<Report> running = book.build().start();
    assertThat(running.await().outcome()).isEqualTo(Outcome.DONE);
    assertThat(running.await(Duration.ZERO)).isPresent();
    assertThat(running.ended()).isTrue();
    assertThat(running.toString()).startsWith("step 2 of 2 'second', ").endsWith(": ended");
    assertThat(world.values).containsOnlyKeys("a", "b");
  }

  @Test
  void progress_whileItWaits_saysForWhatAndWhatWasSeen() throws Exception {
    book.step("slow", waitingStep());
    Running<Report> running = book.build().start();
    assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(running.await(Duration.ZERO)).isEmpty();
    Progress progress = running.progress();
    assertThat(progress.ended()).isFalse();
    assertThat(progress.number()).isEqualTo(1);
    assertThat(progress.doing()).startsWith("waiting for the door");
    there.countDown();
    assertThat(running.await(LONG)).isPresent();
  }

  @Test
  void cancel_inAWait_endsAtASafePointAndCanBeResumed() throws Exception {
    book.journal(folder.resolve("journal"));
    book.step("first", world.setting("a"));
    book.step("slow", waitingStep());
    Running<Report> running = book.build().start();
    assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
    running.cancel();
    Report report = running.await();
    assertThat(report.failure()).extracting(RecoveryException::code).isEqualTo(Code.INTERRUPTED);
    assertThat(report.steps().get(0).outcome()).isEqualTo(Outcome.DONE);
    there.countDown();
    Report resumed = book.build().startResuming().await();
    assertThat(resumed.run()).isEqualTo(report.run());
    assertThat(resumed.outcome()).isEqualTo(Outcome.DONE);
  }

  @Test
  void start_planThatDrifted_refusesWhenAwaited() {
    book.step("first", world.setting("a"));
    RunbookPlan accepted = book.build().plan();
    world.values.put("a", "other");
    assertThatThrownBy(() -> book.build().start(accepted).await())
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo(Code.PLAN_DRIFTED));
    assertThat(world.values).containsEntry("a", "other");
  }

  @Test
  void await_runCrashes_throwsTheSameError() {
    world.crashAfter(2);
    book.step("first", world.setting("a"));
    assertThatThrownBy(() -> book.build().start().await()).isInstanceOf(World.Crash.class);
  }

  @Test
  void progress_transfer_isToldInPercent() {
    ProgressCollector progress = new ProgressCollector(List.of("send"), new ManualClock());
    assertThat(progress.progress(false)).hasToString("not begun");
    Instant at = Instant.EPOCH;
    progress.on(new Event.StepStarted(at, "send", LONG));
    progress.on(new Event.Transfer(at, "send", new TransferProgress("s.db", "host-1", 50, 200)));
    assertThat(progress.progress(false))
        .hasToString("step 1 of 1 'send', 0 ms: s.db to host-1, 25 %");
  }

  private RecoveryStep<String> waitingStep() {
    Wait wait = new Wait("the door", LONG, Duration.ofMillis(5));
    return TestStep.with(
        Plan.of("wait", "door").build(),
        run -> run.await(wait, () -> there.getCount() == 0 ? Poll.done("open") : seen()));
  }

  private Poll<String> seen() {
    waiting.countDown();
    return Poll.notYet("shut");
  }
}
