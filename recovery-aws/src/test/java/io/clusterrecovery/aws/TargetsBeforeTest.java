package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TargetsBeforeTest {
  private static final Registration OLD =
      new Registration(new Target("10.0.0.3", 6443), "all", true);
  private static final Registration KEPT =
      new Registration(new Target("i-0123456789", 8443), "", false);

  @Test
  void text_readBack_isTheSame() {
    for (List<Registration> some : List.of(List.<Registration>of(), List.of(OLD, KEPT))) {
      TargetsBefore before = new TargetsBefore(some);
      assertThat(TargetsBefore.parse(before.text())).isEqualTo(before);
    }
  }

  @Test
  void updated_tellsAllThatTheRunChanged_howeverManyAttemptsItTook() {
    GroupSeen second = Seen.group("g", "10.0.0.1:6443/initial i-0123456789:8443/healthy");
    List<Target> wanted = List.of(Seen.target("10.0.0.1"), KEPT.target());
    GroupMoves left =
        new GroupMoves(second, wanted, wanted, List.of(), List.of(), java.util.Set.of(), true);
    TargetList now = Seen.list("10.0.0.1:6443/healthy i-0123456789:8443/healthy");

    LoadBalancerResult.Updated updated = new TargetsBefore(List.of(OLD, KEPT)).updated(left, now);

    assertThat(updated.registered()).containsExactly(Seen.target("10.0.0.1"));
    assertThat(updated.deregistered()).containsExactly(OLD);
    assertThat(updated.healthy()).hasSize(2);
  }
}
