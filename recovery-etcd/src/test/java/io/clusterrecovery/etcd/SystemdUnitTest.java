package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.StepFailedException;
import io.clusterrecovery.TimedOutException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemdUnitTest {
  private static final String UNIT = "LoadState=loaded\nActiveState=active\n";

  private final RecordingHost host = new RecordingHost("h");

  @Test
  void of_systemctlFails_throwsInsteadOfCallingItStopped() {
    host.fails("systemctl show", 1);

    RecoveryException failure =
        catchThrowableOfType(RecoveryException.class, () -> SystemdUnit.of(host, "etcd"));

    assertThat(failure).isInstanceOf(StepFailedException.class);
    assertThat(failure.code()).isEqualTo(Code.COMMAND_FAILED);
  }

  @ParameterizedTest
  @CsvSource({
    "inactive, false",
    "failed, false",
    "active, true",
    "activating, true",
    "deactivating, true",
    "reloading, true",
    "maintenance, true",
    "'', true"
  })
  void running_unlessSystemdCallsItStopped(String activeState, boolean running) {
    SystemdUnit unit = new SystemdUnit("etcd", "loaded", activeState, "", Map.of());

    assertThat(unit.running()).isEqualTo(running);
  }

  @Test
  void restart_newInvocationThatIsActive_isAwaited() {
    host.prints("--property=LoadState", UNIT).prints("InvocationID", started("a", "1", "active"));
    SteppedClock clock =
        new SteppedClock(
            () ->
                host.prints(
                    "InvocationID",
                    host.commands().size() < 6
                        ? started("b", "1", "activating")
                        : started("b", "2", "active")));

    restart(clock);

    assertThat(host.commands().stream().filter(c -> c.contains("InvocationID"))).hasSize(4);
    assertThat(host.commands().subList(2, 4))
        .satisfiesExactly(
            c -> assertThat(c).contains("kill"), c -> assertThat(c).contains("restart"));
  }

  @Test
  void restart_systemdThatKnowsNoInvocations_isJudgedByTheTimeOfItsStart() {
    host.prints("--property=LoadState", UNIT).prints("InvocationID", started("", "1", "active"));

    restart(new SteppedClock(() -> host.prints("InvocationID", started("", "2", "active"))));

    assertThat(host.commands()).hasSize(6);
  }

  @Test
  void restart_queuedAndNeverDone_fails() {
    host.prints("--property=LoadState", UNIT).prints("InvocationID", started("a", "1", "active"));

    RecoveryException failure =
        catchThrowableOfType(RecoveryException.class, () -> restart(new SteppedClock()));

    assertThat(failure)
        .isInstanceOf(TimedOutException.class)
        .hasMessageContaining("unit api restarted on h")
        .hasMessageContaining("was not restarted yet");
  }

  @Test
  void restart_unitThatFailsToStart_fails() {
    host.prints("--property=LoadState", UNIT).prints("InvocationID", started("a", "1", "active"));

    RecoveryException failure =
        catchThrowableOfType(
            RecoveryException.class,
            () ->
                restart(
                    new SteppedClock(
                        () -> host.prints("InvocationID", started("b", "1", "failed")))));

    assertThat(failure.getMessage()).contains("it was restarted and is failed");
  }

  private void restart(SteppedClock clock) {
    RunContext run = RunContext.builder().clock(clock).build();
    new SystemdRestart(List.of("api"), host).prepare(Plan.of("restore", "h")).accept(run);
  }

  private static String started(String invocation, String since, String activeState) {
    return "InvocationID=%s\nActiveEnterTimestampMonotonic=%s\nActiveState=%s\n"
        .formatted(invocation, since, activeState);
  }
}
