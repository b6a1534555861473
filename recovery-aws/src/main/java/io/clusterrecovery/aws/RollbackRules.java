package io.clusterrecovery.aws;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides how an update is taken back: in what it took out, out what it put in. */
final class RollbackRules {
  private final int floor;
  private final List<LoadBalancerResult.Updated> done;
  private final List<Refusal> refusals = new ArrayList<>();
  private final List<GroupMoves> moves = new ArrayList<>();

  private RollbackRules(int floor, List<LoadBalancerResult.Updated> done) {
    this.floor = floor;
    this.done = done;
  }

  static BalancerRules.Decision decide(
      int floor, List<LoadBalancerResult.Updated> done, BalancersSeen seen) {
    RollbackRules rules = new RollbackRules(floor, done);
    rules.refusals.addAll(seen.unknown());
    BalancerRules.internalFirst(seen.groups()).forEach(rules::group);
    return new BalancerRules.Decision(
        List.copyOf(rules.refusals), List.copyOf(rules.moves), List.of());
  }

  private void group(GroupSeen group) {
    Optional<LoadBalancerResult.Updated> update =
        done.stream().filter(u -> u.arn().equals(group.arn())).findFirst();
    if (update.isEmpty()) {
      return;
    }
    GroupMoves move = moves(group, update.get());
    TargetList staying = group.targets().besides(move.leaving());
    long healthy = staying.healthy().stream().filter(t -> !move.awaited().contains(t)).count();
    if (!move.out().isEmpty() && healthy + move.awaited().size() < floor) {
      refusals.add(tooFew(group, move, floor));
    }
    moves.add(move);
  }

  // What was healthy when it left has to be so again before what replaced it leaves.
  private static GroupMoves moves(GroupSeen group, LoadBalancerResult.Updated update) {
    List<TargetSeen> out = group.targets().registeredAmong(update.registered());
    List<Target> returning = update.deregistered().stream().map(Registration::target).toList();
    List<Target> awaited =
        update.deregistered().stream()
            .filter(Registration::healthy)
            .map(Registration::target)
            .toList();
    List<Registration> in =
        update.deregistered().stream()
            .filter(r -> group.targets().registeredAmong(List.of(r.target())).isEmpty())
            .toList();
    Set<String> named = new HashSet<>();
    out.forEach(t -> named.add(t.target().id()));
    List<Target> wanted = new ArrayList<>(returning);
    group.targets().registered().stream()
        .filter(t -> !out.contains(t) && !returning.contains(t.target()))
        .forEach(t -> wanted.add(t.target()));
    return new GroupMoves(group, wanted, awaited, in, out, named, true);
  }

  private static Refusal tooFew(GroupSeen group, GroupMoves move, int floor) {
    return new Refusal(
        Code.LAST_HEALTHY_TARGET,
        "Going back would leave target group %s with fewer than %d healthy targets: %s leave."
            .formatted(group.name(), floor, move.leaving()),
        "Leave it as it is, or register targets that serve first.");
  }
}
