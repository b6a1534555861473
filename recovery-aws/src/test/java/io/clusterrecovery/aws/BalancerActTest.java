package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Poll;
import io.clusterrecovery.aws.TargetSeen.State;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalancerActTest {
  private static final Target WANTED = new Target("10.0.0.1", 6443);
  private static final Target OLD = new Target("10.0.0.2", 6443);
  private static final GroupMoves MOVES =
      new GroupMoves(
          "arn",
          "g",
          "",
          List.of(WANTED),
          List.of(),
          List.of(new TargetSeen(OLD, "", State.UNHEALTHY, "")),
          true);

  @ParameterizedTest
  @CsvSource({
    "healthy,   draining,  NotYet, 10.0.0.2:6443 is draining",
    "unhealthy, draining,  NotYet, 10.0.0.2:6443 is draining",
    "unhealthy, unused,    NotYet, 10.0.0.1:6443 is unhealthy",
    "initial,   unused,    NotYet, 10.0.0.1:6443 is initial",
    "healthy,   unused,    Done,   10.0.0.1:6443",
  })
  void alone_oldOneLeaving_isDoneOnlyWithTheWantedHealthy(
      String wanted, String old, String poll, String shown) {
    Poll<List<Target>> result =
        BalancerAct.alone(MOVES, new TargetList(List.of(seen(WANTED, wanted), seen(OLD, old))));

    assertThat(result.getClass().getSimpleName()).isEqualTo(poll);
    assertThat(result.toString()).contains(shown);
  }

  @Test
  void alone_wantedOneGoneAsWell_isNotDone() {
    assertThat(BalancerAct.alone(MOVES, new TargetList(List.of())).toString())
        .contains("10.0.0.1:6443 is not registered");
  }

  private static TargetSeen seen(Target target, String state) {
    return new TargetSeen(target, "", State.valueOf(state.toUpperCase(Locale.ROOT)), "");
  }
}
