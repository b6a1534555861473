package io.clusterrecovery.aws;

import io.clusterrecovery.Code;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;

/**
 * Carries the moves of all groups out, phase by phase: all in, all healthy, then the others out, so
 * that a new target that fails leaves every old one of every group where it is.
 */
final class BalancerAct {
  private static final Duration PACE = Duration.ofSeconds(1);

  private final ElasticLoadBalancingV2Client elb;
  private final BalancerSettings settings;
  private final List<GroupMoves> moves;
  private final RunContext run;
  private final AwsCalls calls;
  private final BalancerObserver observer;

  BalancerAct(
      ElasticLoadBalancingV2Client elb,
      BalancerSettings settings,
      List<GroupMoves> moves,
      RunContext run) {
    this.elb = elb;
    this.settings = settings;
    this.moves = moves;
    this.run = run;
    this.calls = AwsCalls.ofBalancing(run, settings.callLimit());
    this.observer = new BalancerObserver(elb);
  }

  LoadBalancerResult result() {
    moves.forEach(this::register);
    moves.forEach(this::awaitHealthy);
    moves.forEach(this::deregister);
    Map<String, List<Target>> healthy = new LinkedHashMap<>();
    moves.forEach(m -> healthy.put(m.arn(), healthyAlone(m)));
    return new LoadBalancerResult(healthy, run.changed());
  }

  private void register(GroupMoves group) {
    if (group.in().isEmpty()) {
      return;
    }
    List<TargetDescription> targets =
        group.in().stream().map(t -> description(t, group.zone())).toList();
    Together.change(
        run,
        group.registrations(),
        () ->
            calls.repeatable(
                "registering targets in " + group.name(),
                limit ->
                    elb.registerTargets(
                        r ->
                            r.targetGroupArn(group.arn())
                                .targets(targets)
                                .overrideConfiguration(limit))));
  }

  private void awaitHealthy(GroupMoves group) {
    Wait wait = Wait.named("targets of " + group.name() + " healthy", settings.healthyLimit());
    TargetList[] seen = {new TargetList(List.of())};
    try {
      calls.await(
          wait.every(PACE),
          () -> {
            seen[0] = now(group);
            String lacking = seen[0].lacking(group.wanted());
            return lacking.isEmpty() ? Poll.done(lacking) : Poll.notYet(lacking);
          });
    } catch (RecoveryException e) {
      throw atLimit(group, seen[0], "the old targets are all still in", e);
    }
  }

  // A target that fails its checks is known to be bad; one still being checked is only late.
  private RecoveryException atLimit(
      GroupMoves group, TargetList seen, String old, RecoveryException e) {
    if (e.code() != Code.WAIT_TIMED_OUT || !seen.failsChecks(group.wanted())) {
      return e;
    }
    return run.failure(
        Code.TARGET_UNHEALTHY,
        "In target group %s %s; %s.".formatted(group.name(), seen.lacking(group.wanted()), old),
        "Find out why it does not serve there, then run this again.",
        e);
  }

  private void deregister(GroupMoves group) {
    if (group.out().isEmpty()) {
      return;
    }
    requireStillRight(group);
    List<TargetDescription> targets =
        group.out().stream().map(t -> description(t.target(), t.zone())).toList();
    Together.change(
        run,
        group.deregistrations(),
        () ->
            calls.repeatable(
                "deregistering targets of " + group.name(),
                limit -> deregister(group.arn(), targets, limit)));
  }

  private Object deregister(
      String arn, List<TargetDescription> targets, AwsRequestOverrideConfiguration limit) {
    return elb.deregisterTargets(
        r -> r.targetGroupArn(arn).targets(targets).overrideConfiguration(limit));
  }

  // Health is as it was a moment ago; while other groups were waited for it may have changed.
  private void requireStillRight(GroupMoves group) {
    TargetList now =
        calls.repeatable(
            "reading targets of " + group.name(), limit -> observer.targets(group.arn(), limit));
    requireNamed(group, now);
    if (group.hadHealthy() && !now.keepsHealthyWithout(group.leaving())) {
      throw run.failure(
          Code.LAST_HEALTHY_TARGET,
          "Target group %s would be left without a healthy target: %s."
              .formatted(group.name(), now),
          "Make the new targets serve, then run this again; the old ones are still in.",
          null);
    }
  }

  // One that was down when the plan was made may have come back while others were waited for.
  private void requireNamed(GroupMoves group, TargetList now) {
    List<TargetSeen> out = group.leaving().stream().flatMap(t -> now.find(t).stream()).toList();
    List<TargetSeen> unnamed = settings.unnamed(out);
    if (!unnamed.isEmpty()) {
      Refusal refusal = BalancerRules.unnamed(group.name(), unnamed);
      throw run.failure(refusal.code(), refusal.found(), refusal.next(), null);
    }
  }

  private List<Target> healthyAlone(GroupMoves group) {
    Wait wait = Wait.named("old targets of " + group.name() + " drained", settings.drainedLimit());
    TargetList[] seen = {new TargetList(List.of())};
    try {
      return calls.await(
          wait.every(PACE),
          () -> {
            seen[0] = now(group);
            return alone(group, seen[0]);
          });
    } catch (RecoveryException e) {
      throw atLimit(group, seen[0], "the old targets were deregistered while all were healthy", e);
    }
  }

  static Poll<List<Target>> alone(GroupMoves group, TargetList now) {
    TargetList others = now.besides(group.wanted());
    List<TargetSeen> strange = others.besides(group.leaving()).registered();
    if (!strange.isEmpty()) {
      return Poll.never(
          Code.CONCURRENT_CHANGE,
          "Somebody else registered targets in %s meanwhile: %s."
              .formatted(group.name(), new TargetList(strange)),
          "Find out who writes to this target group, then run this again.");
    }
    TargetList left = others.used();
    if (!left.targets().isEmpty()) {
      return Poll.notYet(left.toString());
    }
    String lacking = now.lacking(group.wanted());
    return lacking.isEmpty() ? Poll.done(now.healthy()) : Poll.notYet(lacking);
  }

  private TargetList now(GroupMoves group) {
    return calls.look(limit -> observer.targets(group.arn(), limit));
  }

  private static TargetDescription description(Target target, String zone) {
    TargetDescription.Builder described =
        TargetDescription.builder().id(target.ip()).port(target.port());
    return (zone.isEmpty() ? described : described.availabilityZone(zone)).build();
  }
}
