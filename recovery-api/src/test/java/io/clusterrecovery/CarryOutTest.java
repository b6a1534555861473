package io.clusterrecovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CarryOutTest {
  private final ManualClock clock = new ManualClock();
  private final Events events = new Events();
  private final RunContext run = RunContext.builder().clock(clock).listener(events).build();
  private final List<String> done = new ArrayList<>();

  /** What a port may throw, each true for its call alone. */
  enum PortFailure {
    REFUSED,
    TIMED_OUT,
    FAILED;

    RecoveryException make() {
      return switch (this) {
        case REFUSED ->
            new RefusedException(new Refusal(Code.HOST_UNREACHABLE, "No answer.", "Look."), null);
        case TIMED_OUT ->
            new TimedOutException(
                "the command", Duration.ofSeconds(9), "No end.", List.of(), "Look.", null);
        case FAILED ->
            new StepFailedException(
                Code.CONNECTION_LOST, "It broke.", List.of(), "whether it ended", "Look.", null);
      };
    }
  }

  @Test
  void carryOut_allWell_givesResultAndTellsEachChange() {
    TestStep<String> step =
        TestStep.acting(
            r -> {
              r.change(TestStep.FIRST, () -> done.add("first"));
              r.change(TestStep.SECOND, () -> done.add("second"));
              return "result";
            });
    assertThat(run.carryOut(step)).isEqualTo("result");
    assertThat(done).containsExactly("first", "second");
    assertThat(run.changed()).containsExactly(TestStep.FIRST, TestStep.SECOND);
    assertThat(events.kinds())
        .containsExactly(
            "Planned", "ChangeStarted", "ChangeFinished", "ChangeStarted", "ChangeFinished");
  }

  @Test
  void carryOut_refused_throwsAllRefusalsAndNeverActs() {
    Plan plan =
        Plan.of("test", "host-1")
            .change(TestStep.FIRST)
            .refuse(Code.DISK_FULL, "No room.", "Make room.")
            .refuse(Code.TOOL_MISSING, "No etcdctl.", "Install it.")
            .build();
    RefusedException e = refusal(TestStep.with(plan, this::act));
    assertThat(e.refusals())
        .extracting(Refusal::code)
        .containsExactly(Code.DISK_FULL, Code.TOOL_MISSING);
    assertThat(e).hasMessageContaining("nothing was changed").hasMessageContaining("No etcdctl.");
    assertThat(done).isEmpty();
  }

  @Test
  void carryOut_lookingFailsUnexpectedly_refusesWithTheCause() {
    IllegalStateException cause = new IllegalStateException("broken");
    RefusedException e = refusal(looking(cause));
    assertThat(e.code()).isEqualTo(Code.UNEXPECTED);
    assertThat(e).hasCause(cause);
  }

  @ParameterizedTest
  @EnumSource
  void carryOut_portFailsWhileLooking_refuses(PortFailure failure) {
    RecoveryException told = failure.make();
    RefusedException e = refusal(looking(told));
    assertThat(e.code()).isEqualTo(told.code());
    assertThat(List.of(e, String.valueOf(e.getCause()))).containsAnyOf(told, told.toString());
  }

  @ParameterizedTest
  @EnumSource
  void carryOut_portFailsBeforeFirstChange_refuses(PortFailure failure) {
    RecoveryException told = failure.make();
    RefusedException e = refusal(TestStep.acting(r -> fail(told)));
    assertThat(e.code()).isEqualTo(told.code());
    assertThat(e.changed()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void carryOut_portFailsBetweenChanges_tellsWhatWasDone(PortFailure failure) {
    RecoveryException e =
        failure(
            TestStep.acting(
                r -> {
                  r.change(TestStep.FIRST, () -> done.add("first"));
                  return fail(failure.make());
                }));
    assertKind(e, failure);
    assertThat(e.changed()).containsExactly(TestStep.FIRST);
    assertThat(e).hasMessageContaining("Changed so far: stop etcd on host-1");
    assertThat(unknown(e)).doesNotContain("stop etcd");
  }

  @ParameterizedTest
  @EnumSource
  void carryOut_portFailsWithinFirstChange_tellsItAsUnknown(PortFailure failure) {
    RecoveryException e = failure(TestStep.acting(r -> change(r, TestStep.FIRST, failure.make())));
    assertKind(e, failure);
    assertThat(e.changed()).isEmpty();
    assertThat(unknown(e)).contains("stop etcd on host-1");
    assertThat(e).hasMessageContaining("Unknown: stop etcd on host-1");
  }

  @ParameterizedTest
  @EnumSource
  void carryOut_portFailsWithinSecondChange_tellsBoth(PortFailure failure) {
    RecoveryException e =
        failure(
            TestStep.acting(
                r -> {
                  r.change(TestStep.FIRST, () -> done.add("first"));
                  return change(r, TestStep.SECOND, failure.make());
                }));
    assertKind(e, failure);
    assertThat(e.changed()).containsExactly(TestStep.FIRST);
    assertThat(unknown(e)).contains("move data on host-1");
    assertThat(events.of(Event.ChangeFinished.class))
        .extracting(Event.ChangeFinished::outcome)
        .containsExactly(
            Outcome.DONE, failure == PortFailure.TIMED_OUT ? Outcome.TIMED_OUT : Outcome.FAILED);
  }

  @Test
  void carryOut_unexpectedBeforeFirstChange_refusesWithTheCause() {
    IllegalStateException cause = new IllegalStateException("broken");
    RefusedException e = refusal(TestStep.acting(r -> fail(cause)));
    assertThat(e.code()).isEqualTo(Code.UNEXPECTED);
    assertThat(e).hasCause(cause);
  }

  @Test
  void carryOut_unexpectedWithinChange_failsWithItAsUnknown() {
    IllegalStateException cause = new IllegalStateException("broken");
    RecoveryException e = failure(TestStep.acting(r -> change(r, TestStep.FIRST, cause)));
    assertThat(e).isInstanceOf(StepFailedException.class).hasCause(cause);
    assertThat(e.code()).isEqualTo(Code.UNEXPECTED);
    assertThat(unknown(e)).isEqualTo("stop etcd on host-1");
  }

  @Test
  void carryOut_changeFailsThenSucceedsAgain_isNoLongerUnknown() {
    RecoveryException e =
        failure(
            TestStep.acting(
                r -> {
                  assertThatThrownBy(() -> change(r, TestStep.FIRST, new IllegalStateException()))
                      .isInstanceOf(IllegalStateException.class);
                  r.change(TestStep.FIRST, () -> done.add("first"));
                  throw r.failure(Code.VERIFICATION_FAILED, "Not so.", "Look.", null);
                }));
    assertThat(e.changed()).containsExactly(TestStep.FIRST);
    assertThat(unknown(e)).isEqualTo("nothing");
  }

  @Test
  void carryOut_stepWithinStepFails_keepsWhatTheInnerOneChanged() {
    TestStep<String> inner =
        TestStep.acting(
            r -> {
              r.change(TestStep.FIRST, () -> done.add("first"));
              return change(r, TestStep.SECOND, new IllegalStateException("broken"));
            });
    RecoveryException e = failure(TestStep.acting(r -> r.carryOut(inner)));
    assertThat(e).isInstanceOf(StepFailedException.class);
    assertThat(e.changed()).containsExactly(TestStep.FIRST);
    assertThat(unknown(e)).isEqualTo("move data on host-1");
  }

  @Test
  void carryOut_stepTellsOfChangesItMadeByItself_isNoRefusal() {
    StepFailedException own =
        new StepFailedException(
            Code.COMMAND_FAILED, "It broke.", List.of(TestStep.FIRST), "nothing", "Look.", null);
    assertThat(failure(TestStep.acting(r -> fail(own)))).isSameAs(own);
  }

  @Test
  void carryOut_twiceOnOneContext_doesNotMixTheirChanges() {
    run.carryOut(
        TestStep.acting(
            r -> {
              r.change(TestStep.FIRST, () -> done.add("first"));
              return "";
            }));
    RefusedException e = refusal(TestStep.acting(r -> fail(new IllegalStateException())));
    assertThat(e.changed()).isEmpty();
  }

  @Test
  void carryOut_standalone_stepIsCalledAsTheOperation() {
    run.carryOut(TestStep.acting(r -> r.step() + r.once("key", () -> "")));
    assertThat(events.of(Event.Planned.class))
        .extracting(Event.Planned::step)
        .containsExactly("test");
  }

  @Test
  void carryOut_planAsAccepted_acts() {
    TestStep<String> step = TestStep.acting(this::act);
    assertThat(run.carryOut(step, run.plan(step))).isEqualTo("acted");
  }

  @Test
  void carryOut_factDrifted_refusesNamingTheDifferenceAndNeverActs() {
    Plan accepted = Plan.of("test", "host-1").fact("members", "3").build();
    Plan now = Plan.of("test", "host-1").fact("members", "4").change(TestStep.FIRST).build();
    RefusedException e = drift(accepted, now);
    assertThat(e.code()).isEqualTo(Code.PLAN_DRIFTED);
    assertThat(e.found()).contains("was members: 3", "is members: 4", "new: stop etcd on host-1");
    assertThat(done).isEmpty();
  }

  @Test
  void carryOut_driftedIntoRefusal_carriesBoth() {
    Plan accepted = Plan.of("test", "host-1").change(TestStep.FIRST).build();
    Plan now = Plan.of("test", "host-1").refuse(Code.DISK_FULL, "No room.", "Make room.").build();
    assertThat(drift(accepted, now).refusals())
        .extracting(Refusal::code)
        .containsExactly(Code.PLAN_DRIFTED, Code.DISK_FULL);
  }

  @Test
  void carryOut_otherTargetForcedOrOrder_saysSo() {
    Plan plan = Plan.of("test", "host-1").build();
    assertThat(drift(plan, Plan.of("test", "host-2").build()).found()).contains("host-2");
    assertThat(drift(plan, Plan.of("test", "host-1").forced("risky").build()).found())
        .contains("forced: risky");
    Plan ab = Plan.of("test", "host-1").fact("a", "1").fact("b", "2").build();
    Plan ba = Plan.of("test", "host-1").fact("b", "2").fact("a", "1").build();
    assertThat(drift(ab, ba).found()).contains("order");
  }

  @Test
  void carryOut_listenerThrows_goesOn() {
    RunContext deaf =
        RunContext.builder()
            .clock(clock)
            .listener(
                event -> {
                  throw new IllegalStateException("deaf");
                })
            .build();
    assertThat(
            deaf.carryOut(
                TestStep.acting(
                    r -> {
                      r.change(TestStep.FIRST, () -> done.add("first"));
                      return "result";
                    })))
        .isEqualTo("result");
  }

  @Test
  void change_interrupted_stopsBeforeItAndKeepsTheFlag() {
    RecoveryException e =
        failure(
            TestStep.acting(
                r -> {
                  r.change(TestStep.FIRST, () -> Thread.currentThread().interrupt());
                  r.change(TestStep.SECOND, () -> done.add("second"));
                  return "never";
                }));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(e).isInstanceOf(StepFailedException.class);
    assertThat(e.code()).isEqualTo(Code.INTERRUPTED);
    assertThat(e.changed()).containsExactly(TestStep.FIRST);
    assertThat(done).isEmpty();
  }

  @Test
  void change_interruptedBeforeTheFirst_refuses() {
    Thread.currentThread().interrupt();
    RefusedException e = refusal(TestStep.acting(r -> change(r, TestStep.FIRST, null)));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(e.code()).isEqualTo(Code.INTERRUPTED);
  }

  private String act(RunContext context) {
    done.add(context.step() + " acted");
    return "acted";
  }

  private RefusedException drift(Plan accepted, Plan now) {
    return catchThrowableOfType(
        RefusedException.class, () -> run.carryOut(TestStep.with(now, this::act), accepted));
  }

  private RefusedException refusal(TestStep<String> step) {
    return catchThrowableOfType(RefusedException.class, () -> run.carryOut(step));
  }

  private RecoveryException failure(TestStep<String> step) {
    return catchThrowableOfType(RecoveryException.class, () -> run.carryOut(step));
  }

  private static TestStep<String> looking(RuntimeException failure) {
    return new TestStep<>(
        "test",
        r -> {
          throw failure;
        });
  }

  private static String fail(RuntimeException e) {
    throw e;
  }

  private static String change(RunContext run, Change change, @Nullable RuntimeException failure) {
    run.change(
        change,
        () -> {
          if (failure != null) {
            throw failure;
          }
        });
    return "changed";
  }

  private static void assertKind(RecoveryException e, PortFailure failure) {
    assertThat(e)
        .isInstanceOf(
            failure == PortFailure.TIMED_OUT ? TimedOutException.class : StepFailedException.class);
  }

  private static String unknown(RecoveryException e) {
    return e instanceof TimedOutException t ? t.unknown() : ((StepFailedException) e).unknown();
  }
}
