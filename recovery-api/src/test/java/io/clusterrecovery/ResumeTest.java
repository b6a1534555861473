package io.clusterrecovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {
  @TempDir Path folder = Path.of("");
  private final ManualClock clock = new ManualClock();
  private final World world = new World();
  private final List<RunId> runs = new ArrayList<>();
  private final List<String> tokens = new ArrayList<>();
  private Path journal = Path.of("");

  @BeforeEach
  void nameTheJournal() {
    journal = folder.resolve("journal");
  }

  @Test
  void resume_afterFailure_keepsIdAndTokenAndDoesWhatIsLeft() {
    world.crashAfter(9);
    assertThatThrownBy(() -> runbook().run()).isInstanceOf(World.Crash.class);
    world.recover();
    Report report = runbook().resume();
    assertThat(report.outcome()).isEqualTo(Outcome.DONE);
    assertThat(runs).hasSize(2);
    assertThat(runs.get(0)).isEqualTo(runs.get(1)).hasToString(report.run());
    assertThat(tokens).hasSize(2).containsOnly("token-0");
  }

  @Test
  void resume_allDone_changesNothing() {
    Report first = runbook().run();
    List<String> writes = List.copyOf(world.writes);
    Report second = runbook().resume();
    assertThat(second.run()).isEqualTo(first.run());
    assertThat(second.steps()).extracting(Report.Step::outcome).containsOnly(Outcome.UNCHANGED);
    assertThat(world.writes).isEqualTo(writes);
  }

  @Test
  void run_journalHoldsARun_refuses() {
    runbook().run();
    List<String> writes = List.copyOf(world.writes);
    assertUnusable(() -> runbook().run(), "holds a run already");
    assertThat(world.writes).isEqualTo(writes);
  }

  @Test
  void resume_nothingToResume_refusesAndMakesNoFile() {
    assertUnusable(() -> runbook().resume(), "does not exist");
    assertThat(journal).doesNotExist();
    Runbook.Builder without = Runbook.named("test book");
    without.step("first", world.setting("a"));
    assertUnusable(() -> without.build().resume(), "was not set");
  }

  @Test
  void resume_journalOfAnotherRunbook_refusesAndLeavesIt() throws IOException {
    runbook().run();
    byte[] before = Files.readAllBytes(journal);
    Runbook.Builder other = Runbook.named("other book").journal(journal);
    other.step("first", world.setting("b"));
    assertUnusable(() -> other.build().resume(), "holds no run of 'other book'");
    assertThat(Files.readAllBytes(journal)).isEqualTo(before);
  }

  @Test
  void run_whileAnotherRuns_isLocked() {
    Runbook.Builder outer = Runbook.named("outer").journal(journal);
    List<Code> codes = new ArrayList<>();
    outer.step(
        "nested",
        TestStep.acting(
            run -> {
              assertThatThrownBy(() -> runbook().run())
                  .isInstanceOfSatisfying(RefusedException.class, e -> codes.add(e.code()));
              return "";
            }));
    assertThat(outer.build().run().outcome()).isEqualTo(Outcome.DONE);
    assertThat(codes).containsExactly(Code.JOURNAL_LOCKED);
  }

  @Test
  void run_interrupted_reportsJournalsAndCanBeResumed() {
    Runbook.Builder book = Runbook.named("test book").clock(clock).journal(journal);
    book.step(
        "first",
        TestStep.acting(
            run -> {
              run.change(TestStep.FIRST, () -> Thread.currentThread().interrupt());
              run.change(TestStep.SECOND, () -> {});
              return "";
            }));
    Report report = book.build().run();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.failure()).extracting(f -> f.code()).isEqualTo(Code.INTERRUPTED);
    assertThat(JournalFiles.kinds(journal))
        .containsExactly("RUN", "STEP", "INTENT", "DONE", "STEP_END", "RUN_END");
    assertThat(runbook().resume().outcome()).isEqualTo(Outcome.DONE);
  }

  @Test
  void run_diskFull_refusesAndChangesNothing() throws IOException {
    Path full = Path.of("/dev/full");
    assertThat(full).exists();
    Files.createSymbolicLink(journal, full);
    assertUnusable(() -> runbook().run(), "cannot be written");
    assertThat(world.writes).isEmpty();
  }

  private Runbook runbook() {
    return CrashTest.book(world, clock, journal, runs, tokens);
  }

  private static void assertUnusable(ThrowingCallable call, String found) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo(Code.JOURNAL_UNUSABLE))
        .hasMessageContaining(found);
  }
}
