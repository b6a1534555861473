package io.clusterrecovery;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunbookTest {
  private final ManualClock clock = new ManualClock();
  private final Events events = new Events();
  private final World world = new World();
  private final Runbook.Builder book = Runbook.named("test book").clock(clock).listener(events);

  @Test
  void run_resultOfAStep_reachesTheNext() {
    StepRef<String> first = book.step("first", world.setting("a"));
    StepRef<String> second = book.step("second", results -> world.setting("b", results.get(first)));
    book.step("third", results -> world.setting(results.get(second)));
    assertThat(book.build().run().orThrow().outcome()).isEqualTo(Outcome.DONE);
    assertThat(world.values)
        .containsEntry("a-wanted", "a-wanted-wanted")
        .containsKey("b-wanted+a-wanted-wanted");
  }

  @Test
  void run_stepFails_endsThereAndTheRestIsNotReached() {
    book.step("first", world.setting("a"));
    book.step("second", TestStep.refusing(Code.DISK_FULL, "No room."));
    book.step("third", world.setting("b"));
    Report report = book.build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.steps())
        .extracting(Report.Step::outcome)
        .containsExactly(Outcome.DONE, Outcome.REFUSED, Outcome.NOT_REACHED);
    assertThat(world.values).containsOnlyKeys("a");
    assertThatThrownBy(report::orThrow).isSameAs(report.failure());
  }

  @Test
  void run_allAsWanted_isUnchanged() {
    book.step("first", TestStep.unchanged("all there"));
    Report report = book.build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.DONE);
    assertThat(report.steps().get(0).outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void run_withinScope_acts() {
    book.step("scoped", Set.of("a", "b"), results -> world.setting("a"));
    assertThat(book.build().run().outcome()).isEqualTo(Outcome.DONE);
  }

  @Test
  void run_beyondScope_refusesNamingItAndChangesNothing() {
    book.step("scoped", Set.of("a"), results -> world.setting("a", "b"));
    Report report = book.build().run();
    assertThat(failure(report).code()).isEqualTo(Code.OUT_OF_SCOPE);
    assertThat(failure(report).found()).contains("set on b", "[a]").doesNotContain("set on a");
    assertThat(world.values).isEmpty();
  }

  @Test
  void run_stepThatCannotBeBuilt_refusesWithTheCause() {
    IllegalArgumentException cause = new IllegalArgumentException("no such zone");
    book.<String>step(
        "built",
        results -> {
          throw cause;
        });
    Report report = book.build().run();
    assertThat(failure(report).code()).isEqualTo(Code.STEP_REFUSED);
    assertThat(failure(report)).hasCause(cause);
    assertThat(report.steps().get(0).outcome()).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void run_resultOfALaterStep_isRefused() {
    StepRef<String> later = new StepRef<>("later");
    book.step("first", results -> world.setting(results.get(later)));
    book.step("later", world.setting("a"));
    assertThat(failure(book.build().run()).found()).contains("'later' has not run yet");
  }

  @Test
  void run_deadlinePassed_beginsNoFurtherStep() {
    Wait wait = Wait.named("it", Duration.ofHours(1));
    book.deadline(Duration.ofMinutes(1));
    book.step(
        "slow",
        TestStep.acting(
            run -> {
              clock.advance(Duration.ofMinutes(2));
              return run.await(wait, () -> Poll.done("just there"));
            }));
    book.step("next", world.setting("a"));
    Report report = book.build().run();
    assertThat(failure(report).code()).isEqualTo(Code.WAIT_TIMED_OUT);
    assertThat(failure(report).found()).contains("deadline", "'next'");
    assertThat(world.values).isEmpty();
  }

  @Test
  void run_listenerThrows_stillReportsAll() {
    book.listener(
        event -> {
          throw new IllegalStateException("deaf");
        });
    book.step("first", world.setting("a"));
    Report report = book.build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.DONE);
    assertThat(report.steps().get(0).changes()).hasSize(1);
  }

  @Test
  void plan_ahead_plansWhatCanBeKnownAndChangesNothing() {
    StepRef<String> first = book.step("first", world.setting("a"));
    book.step("scoped", Set.of("b"), results -> world.setting(results.get(first)));
    book.step("free", results -> world.setting(results.get(first)));
    RunbookPlan plan = book.build().plan();
    assertThat(requireNonNull(plan.steps().get(0).plan()).changes())
        .extracting(Change::on)
        .containsExactly("a");
    assertThat(plan.steps().subList(1, 3))
        .containsExactly(
            new RunbookPlan.Ahead("scoped", null, List.of("b")),
            new RunbookPlan.Ahead("free", null, List.of()));
    assertThat(world.values).isEmpty();
    assertThat(events.kinds()).isEmpty();
  }

  @Test
  void plan_stepCannotLook_isARefusalInIt() {
    book.step("first", new TestStep<String>("look", run -> fails()));
    assertThat(book.build().plan().refusals())
        .extracting(Refusal::code)
        .containsExactly(Code.UNEXPECTED);
  }

  @Test
  void step_nameTaken_isRefused() {
    book.step("first", world.setting("a"));
    assertThatThrownBy(() -> book.step("first", results -> world.setting("b")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'first'");
  }

  @Test
  void build_wrongSettings_areRefused() {
    assertThatThrownBy(book::build).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> book.deadline(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void build_thenMoreAdded_leavesTheRunbookAsItWas() {
    book.step("first", world.setting("a"));
    Runbook built = book.build();
    book.step("second", world.setting("b"));
    assertThat(built.run().steps()).hasSize(1);
  }

  private static Prepared<String> fails() {
    throw new IllegalStateException("broken");
  }

  private static RecoveryException failure(Report report) {
    return requireNonNull(report.failure());
  }
}
