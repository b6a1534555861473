package io.clusterrecovery.aws;

import io.clusterrecovery.RunContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/**
 * One generated history of target groups: how they begin, what is wanted, and what befalls them.
 */
final class BalancerHistory implements FakeElb.World {
  private static final List<TargetHealthStateEnum> STATES =
      List.of(
          TargetHealthStateEnum.INITIAL,
          TargetHealthStateEnum.HEALTHY,
          TargetHealthStateEnum.UNHEALTHY,
          TargetHealthStateEnum.DRAINING,
          TargetHealthStateEnum.UNAVAILABLE);
  private static final List<FakeElb.Fault> FAULTS = List.of(FakeElb.Fault.values());
  private static final List<String> HOSTS =
      IntStream.rangeClosed(1, 6).mapToObj(i -> "10.0.0." + i).toList();

  private final Random random;
  private final List<String> wanted;
  private final int floor;
  private final FakeElb elb;
  private boolean calm;

  BalancerHistory(long seed) {
    this.random = new Random(seed);
    this.wanted = some(1);
    this.floor = 1 + random.nextInt(wanted.size());
    this.elb = new FakeElb(floor);
    int groups = 1 + random.nextInt(3);
    for (int i = 0; i < groups; i++) {
      begin(elb.group("g" + i));
    }
    elb.world(this);
  }

  private void begin(FakeGroup group) {
    for (String host : some(0)) {
      group.put(new Target(host, Seen.PORT), STATES.get(random.nextInt(STATES.size())));
    }
  }

  private List<String> some(int atLeast) {
    List<String> chosen = new ArrayList<>(HOSTS);
    java.util.Collections.shuffle(chosen, random);
    return List.copyOf(chosen.subList(0, atLeast + random.nextInt(HOSTS.size() - atLeast)));
  }

  FakeElb elb() {
    return elb;
  }

  List<String> wantedTargets() {
    return wanted.stream().map(ip -> ip + ":" + Seen.PORT).sorted().toList();
  }

  /** Now and then somebody else's target comes as well. */
  @Override
  public void pass(FakeGroup group) {
    if (!calm && random.nextInt(60) == 0) {
      group.put(new Target("10.9.9.9", Seen.PORT), TargetHealthStateEnum.HEALTHY);
    }
    group.change(calm ? BalancerHistory::settle : this::anything);
  }

  @Override
  public FakeElb.Fault fault() {
    if (calm || random.nextInt(4) != 0) {
      return FakeElb.Fault.NONE;
    }
    return FAULTS.get(random.nextInt(FAULTS.size()));
  }

  private TargetHealthStateEnum anything(TargetHealthStateEnum state) {
    if (state == TargetHealthStateEnum.DRAINING) {
      return random.nextInt(3) == 0 ? TargetHealthStateEnum.UNUSED : state;
    }
    int bound = state == TargetHealthStateEnum.INITIAL ? 2 : 4;
    if (random.nextInt(bound) != 0) {
      return state;
    }
    return random.nextBoolean() ? TargetHealthStateEnum.HEALTHY : TargetHealthStateEnum.UNHEALTHY;
  }

  private static TargetHealthStateEnum settle(TargetHealthStateEnum state) {
    return state == TargetHealthStateEnum.DRAINING
        ? TargetHealthStateEnum.UNUSED
        : TargetHealthStateEnum.HEALTHY;
  }

  /** From now on everything serves, drains at once, and answers. */
  void calm() {
    calm = true;
    elb.dieAfter(Integer.MAX_VALUE);
  }

  void dieSometime() {
    elb.dieAfter(random.nextInt(40));
  }

  /** The update, with everything named that may leave, or with some of it. */
  LoadBalancerUpdater updater(boolean allNamed) {
    LoadBalancerUpdaterBuilder builder =
        LoadBalancerUpdater.on(elb)
            .targets(wanted.toArray(String[]::new))
            .floor(floor)
            .healthyLimit(Duration.ofMinutes(20))
            .drainedLimit(Duration.ofMinutes(20));
    elb.groups().forEach(group -> builder.targetGroup(group.arn()));
    List<String> others = new ArrayList<>(HOSTS);
    others.add("10.9.9.9");
    others.removeAll(wanted);
    others.removeIf(ip -> !allNamed && random.nextInt(3) == 0);
    if (!others.isEmpty()) {
      builder.leaving(others.toArray(String[]::new));
    }
    return builder.build();
  }

  static RunContext run() {
    return RunContext.builder().clock(new PatientClock()).build();
  }
}
