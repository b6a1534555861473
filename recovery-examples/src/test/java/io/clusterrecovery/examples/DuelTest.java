package io.clusterrecovery.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class DuelTest {
  private final List<String> told = new ArrayList<>();
  private final StringBuilder order = new StringBuilder();

  @Test
  void between_severalRounds_takesTheMedianOfTheRatiosInsideEach() throws Exception {
    // The ratios are 2, 1 and 4; that of the medians would be 10 / 4.
    Measurement speed = duel(Goal.speed(1.9), 3).between(side("o", 4, 5, 4), side("t", 8, 5, 16));
    assertThat(speed).isEqualTo(new Measurement("figure", 4, 8.0, "s", 2.0, "≥ 1.90x", true, 3));
    assertThat(told).hasSize(3).first().asString().contains("ours 4.000 s, theirs 8.000 s");
  }

  @Test
  void between_evenAndOddRounds_changesWhoIsFirst() throws Exception {
    duel(Goal.speed(1), 4).between(side("o", 1, 1, 1, 1), side("t", 1, 1, 1, 1));
    assertThat(order).hasToString("ottootto");
  }

  @Test
  void between_goalOnTheTime_isMissedAboveIt() throws Exception {
    Measurement share = duel(Goal.share(0.6), 2).between(side("o", 6, 8), side("t", 10, 10));
    assertThat(share).isEqualTo(new Measurement("figure", 7, 10.0, "s", 0.7, "≤ 0.60x", false, 2));
  }

  @Test
  void alone_goalOnOurs_comparesTheMedian() throws Exception {
    Measurement most = duel(Goal.most(2), 3).alone(side("o", 1, 9, 2));
    assertThat(most).isEqualTo(new Measurement("figure", 2, null, "s", null, "≤ 2.0", true, 3));
  }

  private Duel duel(Goal goal, int rounds) {
    return new Duel(new Figure("figure", "s", goal), rounds, told::add);
  }

  private Timed side(String name, double... values) {
    Iterator<Double> left = java.util.Arrays.stream(values).iterator();
    return () -> {
      order.append(name);
      return left.next();
    };
  }
}
