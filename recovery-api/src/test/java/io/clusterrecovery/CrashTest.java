package io.clusterrecovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that crashes anywhere and is resumed ends as one that was never disturbed. */
class CrashTest {
  @TempDir Path folder = Path.of("");
  private final List<RunId> runs = new ArrayList<>();
  private final List<String> tokens = new ArrayList<>();

  /** The system under a clock whose every reading is a moment to crash at. */
  private record CrashingClock(World world) implements Clock {
    @Override
    public Instant now() {
      world.moment();
      return Instant.EPOCH;
    }

    @Override
    public Duration elapsed() {
      world.moment();
      return Duration.ZERO;
    }

    @Override
    public void pause(Duration time) {
      world.moment();
    }
  }

  static Runbook book(
      World world, Clock clock, Path journal, List<RunId> runs, List<String> tokens) {
    Runbook.Builder book = Runbook.named("test book").clock(clock).journal(journal);
    StepRef<String> first =
        book.step(
            "settle a token",
            new TestStep<>(
                "settle",
                run -> {
                  runs.add(run.runId());
                  String token = run.once("token", () -> "token-" + tokens.size());
                  tokens.add(token);
                  return world.setting("x").prepare(run);
                }));
    book.step("set two", world.setting("größe", "b"));
    book.step("set from results", results -> world.setting("c-" + results.get(first)));
    return book.build();
  }

  @Test
  void resume_crashedAtAnyMoment_endsAsUndisturbed() throws IOException {
    World undisturbed = new World();
    book(undisturbed, new CrashingClock(undisturbed), journal(-1), runs, tokens).run().orThrow();
    boolean crashed = true;
    int moment = 0;
    for (; crashed; moment++) {
      runs.clear();
      tokens.clear();
      World world = new World();
      Path journal = journal(moment);
      crashed = crashes(world, journal, moment);
      world.recover();
      if (crashed) {
        resumeOrRunAgain(world, journal);
      }
      assertThat(world.values).as("crash at %d", moment).isEqualTo(undisturbed.values);
      assertThat(tokens.stream().distinct()).as("crash at %d", moment).hasSizeLessThan(2);
    }
    assertThat(moment).isGreaterThan(60);
  }

  @Test
  void resume_journalTornAtAnyByte_endsAsUndisturbed() throws IOException {
    World whole = new World();
    Path journal = journal(0);
    book(whole, new ManualClock(), journal, runs, tokens).run().orThrow();
    byte[] bytes = Files.readAllBytes(journal);
    int firstLine = JournalLines.format(JournalFiles.entries(journal).get(0)).length();
    for (int length = firstLine; length < bytes.length; length += 7) {
      Path torn = journal(length);
      Files.write(torn, Arrays.copyOf(bytes, length));
      World world = new World();
      Report report = book(world, new ManualClock(), torn, runs, tokens).resume().orThrow();
      assertThat(world.values).isEqualTo(whole.values);
      assertThat(runs).allMatch(run -> run.value().equals(report.run()));
    }
  }

  private boolean crashes(World world, Path journal, int moment) {
    world.crashAfter(moment);
    try {
      book(world, new CrashingClock(world), journal, runs, tokens).run().orThrow();
      return false;
    } catch (World.Crash e) {
      return true;
    }
  }

  /** A crash before the journal's first line leaves nothing to resume: the run is simply new. */
  private void resumeOrRunAgain(World world, Path journal) {
    Runbook again = book(world, new ManualClock(), journal, runs, tokens);
    boolean begun = Files.exists(journal) && !JournalFiles.entries(journal).isEmpty();
    Report report = begun ? again.resume() : again.run();
    assertThat(report.orThrow().outcome()).isEqualTo(Outcome.DONE);
  }

  private Path journal(int number) {
    return folder.resolve("journal" + number);
  }
}
