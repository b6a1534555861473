package io.clusterrecovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfirmationTest {
  private final World world = new World();
  private final List<String> asked = new ArrayList<>();
  private final Events events = new Events();

  @Test
  void run_firstChangeNotConfirmed_isRefusedAndNothingWasTouched() {
    Report report = book((step, change) -> false).run();
    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.failure()).extracting(RecoveryException::code).isEqualTo(Code.NOT_CONFIRMED);
    assertThat(world.values).isEmpty();
    assertThat(events.of(Event.ChangeStarted.class)).isEmpty();
  }

  @Test
  void run_laterChangeNotConfirmed_failsNamingWhatWasChanged() {
    Report report =
        book((step, change) -> {
              asked.add(step + ": " + change.on());
              return change.on().equals("a");
            })
            .run();
    assertThat(asked).containsExactly("first: a", "first: b");
    assertThat(report.failure())
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining("set on b: from nothing to b-wanted")
        .hasMessageContaining("Changed so far: set on a. Unknown: nothing.");
    assertThat(world.values).containsOnlyKeys("a");
  }

  @Test
  void carryOut_byItself_asksToo() {
    RunContext run = RunContext.builder().confirming((step, change) -> false).build();
    assertThatThrownBy(() -> run.carryOut(world.setting("a")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("NOT_CONFIRMED");
    assertThat(world.values).isEmpty();
  }

  private Runbook book(Confirmation confirmation) {
    Runbook.Builder book = Runbook.named("test book").listener(events).confirming(confirmation);
    book.step("first", world.setting("a", "b"));
    return book.build();
  }
}
