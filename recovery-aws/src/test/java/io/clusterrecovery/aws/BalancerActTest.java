package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Poll;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalancerActTest {
  private static final List<Target> WANTED = Seen.targets("10.0.0.1");
  private static final GroupSeen GROUP = Seen.group("g", "10.0.0.2:6443/unhealthy");
  private static final GroupMoves MOVES =
      new GroupMoves(GROUP, WANTED, WANTED, List.of(), GROUP.targets().targets(), Set.of(), true);

  @ParameterizedTest
  @CsvSource({
    "healthy,   draining,  NotYet, 10.0.0.2:6443 is draining",
    "unhealthy, draining,  NotYet, 10.0.0.2:6443 is draining",
    "unhealthy, unused,    NotYet, 10.0.0.1:6443 is unhealthy",
    "initial,   unused,    NotYet, 10.0.0.1:6443 is initial",
    "draining,  unused,    NotYet, 10.0.0.1:6443 is draining",
    "healthy,   unused,    Done,   10.0.0.1",
  })
  void settled_oldOneLeaving_isDoneOnlyWithTheWantedHealthy(
      String wanted, String old, String poll, String shown) {
    Poll<TargetList> result =
        BalancerAct.settled(
            MOVES, Seen.list("10.0.0.1:6443/%s 10.0.0.2:6443/%s".formatted(wanted, old)));

    assertThat(result.getClass().getSimpleName()).isEqualTo(poll);
    assertThat(result.toString()).contains(shown);
  }

  @Test
  void settled_wantedOneGoneAsWell_isNotDone() {
    assertThat(BalancerAct.settled(MOVES, Seen.list("")).toString())
        .contains("10.0.0.1:6443 is not registered");
  }

  @Test
  void settled_strangeOneRegistered_isNever() {
    assertThat(BalancerAct.settled(MOVES, Seen.list("10.0.0.1:6443/healthy 10.0.0.9:6443/initial")))
        .isInstanceOfSatisfying(
            Poll.Never.class, never -> assertThat(never.found()).contains("10.0.0.9"));
  }
}
