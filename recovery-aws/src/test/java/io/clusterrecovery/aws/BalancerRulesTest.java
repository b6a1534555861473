package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalancerRulesTest {

  @ParameterizedTest
  @CsvSource({
    "lambda,   ipv4, true,  neither ip nor instance",
    "alb,      ipv4, true,  neither ip nor instance",
    "ip,       ipv4, false, no load balancer",
    "ip,       ipv6, true,  addresses of ipv6",
    "instance, ipv6, true,  addresses of ipv6"
  })
  void decide_groupThatCannotBeHandled_isRefusedAndNothingMoves(
      String type, String family, boolean inUse, String why) {
    List<String> balancers = inUse ? List.of("b") : List.of();
    GroupSeen group =
        new GroupSeen(
            "arn", "g", type, family, Seen.PORT, balancers, false, Set.of(), Seen.list(""));

    BalancerRules.Decision decision = decide(null, group);

    assertThat(decision.refusals())
        .extracting(Refusal::code)
        .containsExactly(Code.TARGET_GROUP_UNSUPPORTED);
    assertThat(decision.refusals().get(0).found()).contains(why);
    assertThat(decision.moves()).isEmpty();
  }

  @Test
  void decide_groupOfATypeNothingWasNamedFor_saysWhichSetter() {
    BalancerSettings some = Seen.settings(null, false);
    BalancerSettings noInstances =
        new BalancerSettings(
            some.groups(),
            some.ips(),
            List.of(),
            some.leaving(),
            some.port(),
            some.zone(),
            1,
            false,
            false,
            some.limits());
    GroupSeen group = Seen.group("g", "instance", false, Set.of(), "");

    assertThat(BalancerRules.decide(noInstances, Seen.all(group)).refusals())
        .extracting(Refusal::next)
        .containsExactly("Name with instances(…) what it shall have.");
  }

  // Present targets as ip:port/state; the port asked for; what goes in; what goes out. Wanted is
  // .1; leaving is .3.
  @ParameterizedTest(name = "{0} port {1}")
  @CsvSource(
      nullValues = "-",
      value = {
        "'',                                    -,    10.0.0.1:6443, ''",
        "'',                                    8443, 10.0.0.1:8443, ''",
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
      String present, @Nullable Integer port, String in, String out) {
    BalancerRules.Decision decision = decide(port, Seen.group("g", present));

    assertThat(shown(decision, true)).isEqualTo(in);
    assertThat(shown(decision, false)).isEqualTo(out);
  }

  @Test
  void decide_instances_areMovedByTheirIds() {
    GroupSeen group = Seen.group("g", "instance", false, Set.of(), "i-3:6443/healthy");

    BalancerRules.Decision decision = decide(null, group);

    assertThat(shown(decision, true)).isEqualTo("i-1:6443");
    assertThat(shown(decision, false)).isEqualTo("i-3:6443");
  }

  @Test
  void decide_registersOnly_leavesAllInAndAwaitsNothing() {
    GroupSeen group = Seen.group("g", "10.0.0.2:6443/healthy 10.0.0.3:6443/unhealthy");

    GroupMoves move =
        BalancerRules.decide(Seen.settings(null, true), Seen.all(group)).moves().get(0);

    assertThat(move.in()).extracting(Registration::target).containsExactly(Seen.target("10.0.0.1"));
    assertThat(move.out()).isEmpty();
    assertThat(move.awaited()).isEmpty();
  }

  @Test
  void decide_servingTargetsNobodyNamed_areRefusedTogetherByAddress() {
    GroupSeen group =
        Seen.group("g", "10.0.0.2:6443/healthy 10.0.0.4:6443/initial 10.0.0.5:6443/unhealthy");

    List<Refusal> refusals = decide(null, group).refusals();

    assertThat(refusals).extracting(Refusal::code).containsExactly(Code.TARGET_NOT_NAMED);
    assertThat(refusals.get(0).found())
        .contains("10.0.0.2:6443 is healthy", "10.0.0.4:6443 is initial")
        .doesNotContain("10.0.0.5");
    assertThat(refusals.get(0).next()).contains("leaving(…)");
  }

  @Test
  void decide_presentTargetsOutsideOfTheVpc_newOnesAreTheirLike() {
    GroupSeen outside = Seen.group("outside", "10.0.0.3:6443/healthy@all");
    GroupSeen inside = Seen.group("inside", "10.0.0.3:6443/healthy@us-east-1a");
    GroupSeen both =
        Seen.group("both", "10.0.0.3:6443/healthy@all 10.0.0.3:6444/unhealthy@us-east-1a");

    List<GroupMoves> moves = decide(6443, outside, inside, both).moves();

    assertThat(moves)
        .extracting(m -> m.in().get(0).availabilityZone())
        .containsExactly("all", "", "");
  }

  @Test
  void decide_groupsInAnyOrder_internalOnesComeFirst() {
    List<GroupMoves> moves =
        decide(
                null,
                Seen.group("external", "ip", false, Set.of(), ""),
                Seen.group("second", "ip", true, Set.of(), ""),
                Seen.group("third", "ip", true, Set.of(), ""))
            .moves();

    assertThat(moves).extracting(GroupMoves::name).containsExactly("second", "third", "external");
  }

  // The installer of OpenShift marks its load balancers as owned, and nobody keeps their targets.
  @ParameterizedTest
  @CsvSource({
    "kubernetes.io/service-name,    true",
    "elbv2.k8s.aws/cluster,         true",
    "kubernetes.io/cluster/prod-x1, false",
    "Name,                          false"
  })
  void decide_taggedGroup_isTheClustersOwnOnlyIfAControllerKeepsIt(String tag, boolean kept) {
    GroupSeen group = Seen.group("g", "ip", false, Set.of(tag), "10.0.0.2:6443/healthy");

    BalancerRules.Decision decision = decide(null, group);

    assertThat(decision.managed()).hasSize(kept ? 1 : 0);
    assertThat(decision.refusals()).hasSize(kept ? 0 : 1);
    assertThat(decision.moves()).isEmpty();
  }

  private static BalancerRules.Decision decide(@Nullable Integer port, GroupSeen... groups) {
    return BalancerRules.decide(Seen.settings(port, false), Seen.all(groups));
  }

  private static String shown(BalancerRules.Decision decision, boolean in) {
    if (!decision.refusals().isEmpty()) {
      return "refused";
    }
    return decision.moves().stream()
        .flatMap(
            m -> (in ? m.in().stream().map(Registration::target).toList() : m.leaving()).stream())
        .map(Target::toString)
        .collect(Collectors.joining(" "));
  }
}
