package io.clusterrecovery.aws;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** One target group in memory; registering and deregistering are as forgiving as ELB's. */
final class FakeGroup {
  private final String arn;
  private final Map<String, TargetHealthStateEnum> states = new TreeMap<>();

  FakeGroup(String arn) {
    this.arn = arn;
  }

  String arn() {
    return arn;
  }

  void put(Target target, TargetHealthStateEnum state) {
    states.put(target.toString(), state);
  }

  void register(Target target) {
    states.merge(
        target.toString(),
        TargetHealthStateEnum.INITIAL,
        (present, initial) -> present == TargetHealthStateEnum.DRAINING ? initial : present);
  }

  /** Whether it was registered. */
  boolean deregister(Target target) {
    TargetHealthStateEnum before =
        states.computeIfPresent(target.toString(), (t, s) -> TargetHealthStateEnum.DRAINING);
    return before != null && before != TargetHealthStateEnum.DRAINING;
  }

  /** Gives each target another state; one that has drained is gone. */
  void change(UnaryOperator<TargetHealthStateEnum> next) {
    states.replaceAll((target, state) -> next.apply(state));
    states.values().removeIf(state -> state == TargetHealthStateEnum.UNUSED);
  }

  long healthy() {
    return states.values().stream().filter(s -> s == TargetHealthStateEnum.HEALTHY).count();
  }

  List<String> registered() {
    return states.entrySet().stream()
        .filter(t -> t.getValue() != TargetHealthStateEnum.DRAINING)
        .map(Map.Entry::getKey)
        .toList();
  }

  DescribeTargetHealthResponse described() {
    return DescribeTargetHealthResponse.builder()
        .targetHealthDescriptions(
            states.entrySet().stream().map(t -> described(t.getKey(), t.getValue())).toList())
        .build();
  }

  private static TargetHealthDescription described(String text, TargetHealthStateEnum state) {
    Target target = Seen.target(text);
    return TargetHealthDescription.builder()
        .target(t -> t.id(target.id()).port(target.port()))
        .targetHealth(h -> h.state(state))
        .build();
  }

  @Override
  public String toString() {
    return states.toString();
  }
}
