package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollbackRulesTest {

  // An update put "new" in and took "old" out. The group now; whether "old" was healthy when it
  // left; what goes in; what goes out; who has to be healthy before anybody leaves.
  @ParameterizedTest(name = "{0}, old was healthy: {1}")
  @CsvSource({
    "keep/healthy new/healthy,               false, old, new, ''",
    "keep/healthy new/healthy,               true,  old, new, old",
    "keep/healthy new/healthy old/draining,  true,  old, new, old",
    "keep/healthy old/unhealthy,             false, '',  '',  ''",
    "keep/healthy old/unhealthy new/healthy, false, '',  new, ''",
    "keep/healthy new/healthy other/healthy, false, old, new, ''",
    "keep/unhealthy new/healthy,             true,  old, new, old",
    "keep/unhealthy new/healthy,             false, refused, refused, refused",
    "new/healthy,                            false, refused, refused, refused",
    "new/unhealthy,                          false, refused, refused, refused",
    "new/healthy,                            true,  old, new, old",
  })
  void decide_asTheTableSays(String now, boolean wasHealthy, String in, String out, String await) {
    BalancerRules.Decision decision = decide(1, now, wasHealthy);

    if (in.equals("refused")) {
      assertThat(decision.refusals())
          .extracting(Refusal::code)
          .containsExactly(Code.LAST_HEALTHY_TARGET);
      return;
    }
    GroupMoves move = decision.moves().get(0);
    assertThat(ids(move.in().stream().map(Registration::target).toList())).isEqualTo(in);
    assertThat(ids(move.leaving())).isEqualTo(out);
    assertThat(ids(move.awaited())).isEqualTo(await);
  }

  @Test
  void decide_floorOfTwo_countsWhatStaysAndWhatComesBackHealthy() {
    assertThat(decide(2, "keep/healthy new/healthy", true).refusals()).isEmpty();
    assertThat(decide(2, "keep/healthy new/healthy", false).refusals()).hasSize(1);
  }

  @Test
  void decide_targetOfSomebodyElse_stays() {
    GroupMoves move = decide(1, "keep/healthy new/healthy other/healthy", false).moves().get(0);

    assertThat(ids(move.wanted())).isEqualTo("old keep other");
  }

  private static BalancerRules.Decision decide(int floor, String now, boolean wasHealthy) {
    GroupSeen group = Seen.group("g", now.replace("/", ":6443/"));
    Registration old = new Registration(Seen.target("old"), "all", wasHealthy);
    LoadBalancerResult.Updated done =
        new LoadBalancerResult.Updated(
            group.arn(), group.name(), List.of(), List.of(Seen.target("new")), List.of(old));
    return RollbackRules.decide(floor, List.of(done), Seen.all(group));
  }

  private static String ids(List<Target> targets) {
    return targets.stream().map(Target::id).collect(Collectors.joining(" "));
  }
}
