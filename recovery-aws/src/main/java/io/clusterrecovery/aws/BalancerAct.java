package io.clusterrecovery.aws;

import io.clusterrecovery.Code;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/**
 * Carries the moves of all groups out, phase by phase: all in, all healthy, then the others out, so
 * that a new target that fails leaves every old one of every group where it is.
 */
final class BalancerAct {
  private static final Duration PACE = Duration.ofSeconds(1);

  private final BalancerLimits limits;
  private final Departures departures;
  private final List<GroupMoves> moves;
  private final RunContext run;
  private final AwsCalls calls;
  private final BalancerCalls changes;
  private final BalancerObserver observer;

  BalancerAct(
      ElasticLoadBalancingV2Client elb,
      BalancerSettings settings,
      List<GroupMoves> moves,
      RunContext run) {
    this.limits = settings.limits();
    this.departures = new Departures(settings.floor());
    this.moves = moves;
    this.run = run;
    this.calls = AwsCalls.ofBalancing(run, limits.call());
    this.changes = new BalancerCalls(elb, run, calls);
    this.observer = new BalancerObserver(elb, calls);
  }

  List<LoadBalancerResult.Updated> result() {
    List<TargetsBefore> before = moves.stream().map(m -> TargetsBefore.of(run, m.seen())).toList();
    moves.stream().filter(m -> !m.in().isEmpty()).forEach(changes::register);
    moves.forEach(this::awaitIn);
    moves.forEach(this::deregister);
    List<LoadBalancerResult.Updated> updated = new ArrayList<>();
    for (int i = 0; i < moves.size(); i++) {
      updated.add(before.get(i).updated(moves.get(i), settled(moves.get(i))));
    }
    return updated;
  }

  private void awaitIn(GroupMoves group) {
    String what = group.awaited().isEmpty() ? "registered" : "healthy";
    Wait wait = Wait.named("targets of " + group.name() + " " + what, limits.healthy());
    await(
        group,
        wait,
        "the old targets are all still in",
        now -> {
          String lacking = now.lacking(group.wanted(), group.awaited());
          return lacking.isEmpty() ? Poll.done(now) : Poll.notYet(lacking);
        });
  }

  private void deregister(GroupMoves group) {
    List<Target> left = new ArrayList<>();
    while (left.size() < group.out().size()) {
      List<TargetSeen> batch = awaitDeparture(group, left);
      if (batch.isEmpty()) {
        return;
      }
      changes.deregister(group, batch);
      batch.forEach(t -> left.add(t.target()));
    }
  }

  // Health is as it was a moment ago, so each departure is decided on a look of its own.
  private List<TargetSeen> awaitDeparture(GroupMoves group, List<Target> left) {
    Wait wait = Wait.named("targets of " + group.name() + " that may leave", limits.healthy());
    try {
      return calls.await(wait.every(PACE), () -> departure(group, now(group).besides(left)));
    } catch (RecoveryException e) {
      throw e.code() == Code.WAIT_TIMED_OUT ? floorNotKept(group, e) : e;
    }
  }

  private Poll<List<TargetSeen>> departure(GroupMoves group, TargetList now) {
    List<TargetSeen> present = now.registeredAmong(group.leaving());
    List<TargetSeen> unnamed = BalancerRules.unnamed(present, group.named());
    if (!unnamed.isEmpty()) {
      Refusal refusal = BalancerRules.unnamed(group.name(), unnamed);
      return Poll.never(refusal.code(), refusal.found(), refusal.next());
    }
    List<TargetSeen> next = departures.next(now, group.leaving());
    return next.isEmpty() && !present.isEmpty() ? Poll.notYet(now.toString()) : Poll.done(next);
  }

  private RecoveryException floorNotKept(GroupMoves group, RecoveryException e) {
    String found =
        "Target group %s would be left with fewer than %d healthy targets. %s"
            .formatted(group.name(), departures.floor(), e.found());
    String next = "Make the new targets serve, then run this again; what serves is still in.";
    return run.failure(Code.LAST_HEALTHY_TARGET, found, next, e);
  }

  private TargetList settled(GroupMoves group) {
    if (!group.alone()) {
      return calls.repeatable(
          "reading targets of " + group.name(), limit -> observer.targets(group.arn(), limit));
    }
    Wait wait = Wait.named("old targets of " + group.name() + " drained", limits.drained());
    String old = "the old targets were deregistered while all were healthy";
    return await(group, wait, old, now -> settled(group, now));
  }

  static Poll<TargetList> settled(GroupMoves group, TargetList now) {
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
    String lacking = now.lacking(group.wanted(), group.awaited());
    return lacking.isEmpty() ? Poll.done(now) : Poll.notYet(lacking);
  }

  private TargetList await(
      GroupMoves group, Wait wait, String old, Function<TargetList, Poll<TargetList>> judge) {
    TargetList[] seen = {new TargetList(List.of())};
    try {
      return calls.await(
          wait.every(PACE),
          () -> {
            seen[0] = now(group);
            return judge.apply(seen[0]);
          });
    } catch (RecoveryException e) {
      throw atLimit(group, seen[0], old, e);
    }
  }

  // A target that fails its checks is known to be bad; one still being checked is only late.
  private RecoveryException atLimit(
      GroupMoves group, TargetList seen, String old, RecoveryException e) {
    if (e.code() != Code.WAIT_TIMED_OUT || !seen.failsChecks(group.awaited())) {
      return e;
    }
    return run.failure(
        Code.TARGET_UNHEALTHY,
        "In target group %s %s; %s."
            .formatted(group.name(), seen.lacking(group.wanted(), group.awaited()), old),
        "Find out why it does not serve there, then run this again.",
        e);
  }

  private TargetList now(GroupMoves group) {
    return calls.look(limit -> observer.targets(group.arn(), limit));
  }
}
