package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.aws.TargetSeen.State;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalancerRulesTest {
  private static final int PORT = 6443;

  @ParameterizedTest
  @CsvSource({"instance, true", "lambda, true", "alb, true", "ip, false"})
  void decide_groupThatCannotBeHandled_isRefusedAndNothingMoves(String type, boolean inUse) {
    GroupSeen group = new GroupSeen("arn", "g", type, PORT, inUse, new TargetList(List.of()));

    BalancerRules.Decision decision =
        BalancerRules.decide(settings(null, "10.0.0.1"), List.of(group));

    assertThat(decision.refusals())
        .extracting(Refusal::code)
        .containsExactly(Code.TARGET_GROUP_UNSUPPORTED);
    assertThat(decision.moves()).isEmpty();
  }

  // Present targets as ip:port/state; the port asked for; what goes in; what goes out. Wanted is
  // .1; leaving is .3.
  @ParameterizedTest(name = "{0} port {1}")
  @CsvSource(
      nullValues = "-",
      value = {
        "-,                                     -,    10.0.0.1:6443, ''",
        "-,                                     8443, 10.0.0.1:8443, ''",
        "10.0.0.1:6443/healthy,                 -,    '',            ''",
        "10.0.0.1:6443/unhealthy,               -,    '',            ''",
        "10.0.0.1:6443/draining,                -,    10.0.0.1:6443, ''",
        "10.0.0.2:6443/unhealthy,               -,    10.0.0.1:6443, 10.0.0.2:6443",
        "10.0.0.2:6443/draining,                -,    10.0.0.1:6443, ''",
        "10.0.0.2:6443/unused,                  -,    10.0.0.1:6443, 10.0.0.2:6443",
        "10.0.0.2:6443/healthy,                 -,    refused,       refused",
        "10.0.0.2:6443/initial,                 -,    refused,       refused",
        "10.0.0.2:6443/other,                   -,    refused,       refused",
        "10.0.0.3:8443/healthy,                 -,    10.0.0.1:8443, 10.0.0.3:8443",
        "10.0.0.2:8443/draining,                -,    10.0.0.1:6443, ''",
        "10.0.0.1:8443/healthy,                 6443, 10.0.0.1:6443, 10.0.0.1:8443",
        "10.0.0.1:6443/healthy 10.0.0.3:6443/initial, -, '',         10.0.0.3:6443",
        "10.0.0.1:6443/healthy 10.0.0.2:8443/healthy, -, refused,    refused",
      })
  void decide_oneGroup_asTheTableSays(
      @org.jspecify.annotations.Nullable String present,
      @org.jspecify.annotations.Nullable Integer port,
      String in,
      String out) {
    BalancerRules.Decision decision =
        BalancerRules.decide(settings(port, "10.0.0.1"), List.of(group(present, "")));

    assertThat(shown(decision, true)).isEqualTo(in);
    assertThat(shown(decision, false)).isEqualTo(out);
  }

  @Test
  void decide_servingTargetsNobodyNamed_areRefusedTogetherByAddress() {
    GroupSeen group =
        group("10.0.0.2:6443/healthy 10.0.0.4:6443/initial 10.0.0.5:6443/unhealthy", "");

    List<Refusal> refusals =
        BalancerRules.decide(settings(null, "10.0.0.1"), List.of(group)).refusals();

    assertThat(refusals).extracting(Refusal::code).containsExactly(Code.TARGET_NOT_NAMED);
    assertThat(refusals.get(0).found())
        .contains("10.0.0.2:6443 is healthy", "10.0.0.4:6443 is initial")
        .doesNotContain("10.0.0.5");
    assertThat(refusals.get(0).next()).contains("leaving(…)");
  }

  @Test
  void decide_presentTargetsOutsideOfTheVpc_newOnesAreTheirLike() {
    GroupSeen outside = group("10.0.0.3:6443/healthy", "all");
    GroupSeen inside = group("10.0.0.3:6443/healthy", "us-east-1a");

    List<GroupMoves> moves =
        BalancerRules.decide(settings(null, "10.0.0.1"), List.of(outside, inside)).moves();

    assertThat(moves).extracting(GroupMoves::zone).containsExactly("all", "");
  }

  // Health of .1 and .2; who leaves; whether a healthy one is left.
  @ParameterizedTest
  @CsvSource({
    "healthy,   healthy,   10.0.0.2, true",
    "healthy,   unhealthy, 10.0.0.1, false",
    "unhealthy, healthy,   10.0.0.2, false",
    "unhealthy, unhealthy, 10.0.0.2, false",
    "draining,  healthy,   10.0.0.2, false",
    "initial,   healthy,   10.0.0.2, false"
  })
  void keepsHealthyWithout_asTheTableSays(String one, String two, String leaving, boolean kept) {
    TargetList now = group("10.0.0.1:6443/%s 10.0.0.2:6443/%s".formatted(one, two), "").targets();

    assertThat(now.keepsHealthyWithout(List.of(new Target(leaving, PORT)))).isEqualTo(kept);
  }

  private static BalancerSettings settings(
      @org.jspecify.annotations.Nullable Integer port, String... ips) {
    Duration limit = Duration.ofSeconds(1);
    return new BalancerSettings(
        List.of("arn"),
        List.of(ips),
        List.of("10.0.0.3"),
        Optional.ofNullable(port),
        Optional.empty(),
        limit,
        limit,
        limit);
  }

  private static GroupSeen group(@org.jspecify.annotations.Nullable String present, String zone) {
    List<TargetSeen> targets =
        present == null
            ? List.of()
            : Arrays.stream(present.split(" ", -1)).map(t -> target(t, zone)).toList();
    return new GroupSeen("arn", "g", "ip", PORT, true, new TargetList(targets));
  }

  private static TargetSeen target(String text, String zone) {
    List<String> part = List.of(text.split("[:/]", -1));
    State state = State.valueOf(part.get(2).toUpperCase(Locale.ROOT));
    return new TargetSeen(new Target(part.get(0), Integer.parseInt(part.get(1))), zone, state, "");
  }

  private static String shown(BalancerRules.Decision decision, boolean in) {
    if (!decision.refusals().isEmpty()) {
      return "refused";
    }
    return decision.moves().stream()
        .flatMap(m -> (in ? m.in() : m.leaving()).stream())
        .map(Target::toString)
        .collect(Collectors.joining(" "));
  }
}
