package io.clusterrecovery.aws;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides, of what was seen of target groups, who goes in and who goes out. */
final class BalancerRules {
  private final BalancerSettings settings;
  private final List<Refusal> refusals = new ArrayList<>();
  private final List<GroupMoves> moves = new ArrayList<>();

  private BalancerRules(BalancerSettings settings) {
    this.settings = settings;
  }

  /** What is to be done: all refusals, or the moves of each group, in the order given. */
  record Decision(List<Refusal> refusals, List<GroupMoves> moves) {}

  static Decision decide(BalancerSettings settings, List<GroupSeen> groups) {
    BalancerRules rules = new BalancerRules(settings);
    groups.forEach(rules::group);
    return new Decision(List.copyOf(rules.refusals), List.copyOf(rules.moves));
  }

  private void group(GroupSeen group) {
    if (!group.type().equals("ip")) {
      refuse(
          group,
          "has targets of type " + group.type() + ", not ip",
          "Give a group of type ip, or change this one by hand.");
    } else if (!group.inUse()) {
      refuse(
          group,
          "is used by no load balancer, so no target of it becomes healthy",
          "Give the group that the load balancer's listener forwards to.");
    } else {
      ports(group);
    }
  }

  private void ports(GroupSeen group) {
    List<Integer> ports = settings.port().map(List::of).orElseGet(() -> portsInUse(group));
    if (ports.size() > 1) {
      refuse(
          group,
          "has targets at several ports: " + ports,
          "Say by port(…) which one the new targets shall have.");
      return;
    }
    int port = ports.isEmpty() ? group.port() : ports.get(0);
    GroupMoves move =
        moves(group, settings.ips().stream().map(ip -> new Target(ip, port)).toList());
    List<TargetSeen> unnamed = settings.unnamed(move.out());
    if (unnamed.isEmpty()) {
      moves.add(move);
    } else {
      refusals.add(unnamed(group.name(), unnamed));
    }
  }

  static Refusal unnamed(String group, List<TargetSeen> unnamed) {
    return new Refusal(
        Code.TARGET_NOT_NAMED,
        "Target group %s would lose what nobody named: %s."
            .formatted(group, new TargetList(unnamed)),
        "Name with leaving(…) what shall leave, and with targets(…) what shall stay.");
  }

  private static List<Integer> portsInUse(GroupSeen group) {
    return group.targets().registered().stream()
        .map(t -> t.target().port())
        .distinct()
        .sorted()
        .toList();
  }

  private GroupMoves moves(GroupSeen group, List<Target> wanted) {
    List<Target> in =
        wanted.stream()
            .filter(t -> group.targets().find(t).filter(TargetSeen::registered).isEmpty())
            .toList();
    List<TargetSeen> out =
        group.targets().registered().stream().filter(t -> !wanted.contains(t.target())).toList();
    return new GroupMoves(
        group.arn(),
        group.name(),
        zone(group),
        wanted,
        in,
        out,
        !group.targets().healthy().isEmpty());
  }

  // Targets outside of the VPC are all registered with the zone "all"; new ones are their like.
  private String zone(GroupSeen group) {
    Optional<String> told = settings.zone();
    List<TargetSeen> present = group.targets().registered();
    boolean outside = !present.isEmpty() && present.stream().allMatch(t -> t.zone().equals("all"));
    return told.orElse(outside ? "all" : "");
  }

  private void refuse(GroupSeen group, String found, String next) {
    refusals.add(
        new Refusal(
            Code.TARGET_GROUP_UNSUPPORTED,
            "Target group %s %s.".formatted(group.name(), found),
            next));
  }
}
