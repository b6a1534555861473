package io.clusterrecovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcceptedPlanTest {
  @TempDir Path folder = Path.of("");
  private final World world = new World();
  private final Runbook.Builder book = Runbook.named("test book").clock(new ManualClock());

  @Test
  void run_worldHasDrifted_refusesNamingItAndChangesNothing() throws Exception {
    Path journal = folder.resolve("journal");
    book.journal(journal).step("first", world.setting("a", "b"));
    RunbookPlan accepted = book.build().plan();
    world.values.put("b", "other");
    assertDrifted(
        () -> book.build().run(accepted),
        "step 'first': no longer: set on b: from nothing to b-wanted; new: set on b: from other");
    assertThat(world.values).isEqualTo(Map.of("b", "other"));
    assertThat(Files.exists(journal)).isFalse();
    assertThat(book.build().run(book.build().plan()).outcome()).isEqualTo(Outcome.DONE);
  }

  @Test
  void run_planThatRefuses_isRefusedWithAllOfIt() {
    book.step("first", TestStep.refusing(Code.DISK_FULL, "No room."));
    book.step("second", TestStep.refusing(Code.TOOL_MISSING, "No etcdutl."));
    assertThatThrownBy(() -> book.build().run(book.build().plan()))
        .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.refusals()).hasSize(2));
  }

  @Test
  void run_planOfOtherSteps_isRefused() {
    book.step("first", world.setting("a"));
    RunbookPlan accepted = book.build().plan();
    book.step("second", world.setting("b"));
    assertDrifted(() -> book.build().run(accepted), "with the steps [first]", "[first, second]");
    assertThat(world.values).isEmpty();
  }

  @Test
  void run_laterStepHasLessToDo_goesOn() {
    book.step("first", world.setting("a"));
    book.step("again", world.setting("a"));
    Report report = book.build().run(book.build().plan());
    assertThat(report.steps())
        .extracting(Report.Step::outcome)
        .containsExactly(Outcome.DONE, Outcome.UNCHANGED);
  }

  @Test
  void run_laterStepWouldDoMore_refusesThatStepAlone() {
    world.values.put("b", "b-wanted");
    book.step("first", TestStep.with(Plan.of("x", "x").build(), run -> world.values.remove("b")));
    book.step("second", world.setting("a", "b"));
    Report report = book.build().run(book.build().plan());
    assertThat(report.failure())
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo(Code.PLAN_DRIFTED))
        .hasMessageContaining("'second' would now change")
        .hasMessageContaining("set on b")
        .hasMessageNotContaining("set on a");
    assertThat(world.values).isEmpty();
  }

  @Test
  void resume_stepThatHasNotBegun_isHeldToTheAcceptedPlan() {
    book.journal(folder.resolve("journal"));
    book.step("first", world.setting("a"));
    book.step("second", world.setting("b"));
    world.values.put("b", "b-wanted");
    RunbookPlan accepted = book.build().plan();
    world.crashAfter(5);
    assertThatThrownBy(() -> book.build().run(accepted)).isInstanceOf(World.Crash.class);
    world.recover();
    world.values.remove("b");
    Report report = book.build().resume();
    assertThat(report.steps())
        .extracting(Report.Step::outcome)
        .containsExactly(Outcome.DONE, Outcome.REFUSED);
    assertThat(world.values).isEqualTo(Map.of("a", "a-wanted"));
  }

  @Test
  void plan_asJson_comesBackEqualAndWithoutDifferences() {
    StepRef<String> first = book.step("first", world.setting("a"));
    book.step("scoped", Set.of("b", "c"), results -> world.setting(results.get(first)));
    RunbookPlan plan = book.build().plan();
    RunbookPlan back = RunbookPlan.fromJson(plan.toJson());
    assertThat(back).isEqualTo(plan);
    assertThat(plan.differences(back)).isEmpty();
    assertThat(book.build().run(back).outcome()).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void plan_printed_numbersStepsAndShowsWhatDependsOnOthers() {
    StepRef<String> first = book.step("set a", world.setting("a"));
    book.step("set b", Set.of("c", "b"), results -> world.setting(results.get(first)));
    book.step("set c", results -> world.setting(results.get(first)));
    assertThat(book.build().plan().toString())
        .startsWith("Runbook 'test book'\n1. set a\n   Plan: set, a (fingerprint ")
        .contains("\n2. set b\n   Depends on earlier results; may change b, c alone.\n3. set c\n")
        .endsWith("   Depends on earlier results; no scope was declared.");
  }

  @Test
  void differences_declaredScopeGrew_areNamed() {
    RunbookPlan narrow = scoped("b");
    RunbookPlan wide = scoped("b", "c");
    assertThat(narrow.differences(wide))
        .singleElement()
        .asString()
        .contains("may change b alone", "may change b, c alone");
  }

  private RunbookPlan scoped(String... scope) {
    Runbook.Builder other = Runbook.named("other");
    other.step("scoped", Set.of(scope), results -> world.setting("b"));
    return other.build().plan();
  }

  private static void assertDrifted(ThrowingCallable call, String... found) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo(Code.PLAN_DRIFTED))
        .hasMessageContainingAll(found);
  }
}
