package io.clusterrecovery.aws;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides, of what was seen of target groups, who goes in and who goes out. */
final class BalancerRules {
  private final BalancerSettings settings;
  private final List<Refusal> refusals = new ArrayList<>();
  private final List<GroupMoves> moves = new ArrayList<>();
  private final List<LoadBalancerResult.ManagedByCluster> managed = new ArrayList<>();

  private BalancerRules(BalancerSettings settings) {
    this.settings = settings;
  }

  /**
   * What is to be done: all refusals, or the moves of each group, internal load balancers first,
   * since the masters themselves depend on them.
   *
   * @param managed the groups that the cluster keeps itself
   */
  record Decision(
      List<Refusal> refusals,
      List<GroupMoves> moves,
      List<LoadBalancerResult.ManagedByCluster> managed) {}

  static Decision decide(BalancerSettings settings, BalancersSeen seen) {
    BalancerRules rules = new BalancerRules(settings);
    rules.refusals.addAll(seen.unknown());
    internalFirst(seen.groups()).forEach(rules::group);
    return new Decision(
        List.copyOf(rules.refusals), List.copyOf(rules.moves), List.copyOf(rules.managed));
  }

  static List<GroupSeen> internalFirst(List<GroupSeen> groups) {
    return groups.stream().sorted(Comparator.comparing(g -> !g.internal())).toList();
  }

  private void group(GroupSeen group) {
    Optional<String> tag = ManagedTags.among(group.tagKeys());
    if (tag.isPresent() && !settings.managedAccepted()) {
      managed.add(new LoadBalancerResult.ManagedByCluster(group.arn(), group.name(), tag.get()));
      return;
    }
    List<Refusal> unsuited = new GroupSuitability(settings).refusals(group);
    refusals.addAll(unsuited);
    if (unsuited.isEmpty()) {
      move(group);
    }
  }

  private void move(GroupSeen group) {
    List<Integer> ports = settings.port().map(List::of).orElseGet(() -> portsInUse(group));
    if (ports.size() > 1) {
      refusals.add(
          GroupSuitability.refusal(
              group,
              "has targets at several ports: " + ports,
              "Say by port(…) which one the new targets shall have."));
      return;
    }
    int port = ports.isEmpty() ? group.port() : ports.get(0);
    GroupMoves move =
        moves(
            group, settings.wanted(group.type()).stream().map(id -> new Target(id, port)).toList());
    List<TargetSeen> unnamed = unnamed(move.out(), move.named());
    if (unnamed.isEmpty()) {
      moves.add(move);
    } else {
      refusals.add(unnamed(group.name(), unnamed));
    }
  }

  /** Those that serve, or may serve, and that the caller never spoke of. */
  static List<TargetSeen> unnamed(List<TargetSeen> out, Set<String> named) {
    return out.stream()
        .filter(TargetSeen::mayServe)
        .filter(t -> !named.contains(t.target().id()))
        .toList();
  }

  static Refusal unnamed(String group, List<TargetSeen> unnamed) {
    return new Refusal(
        Code.TARGET_NOT_NAMED,
        "Target group %s would lose what nobody named: %s."
            .formatted(group, new TargetList(unnamed)),
        "Name with leaving(…) what shall leave, and with targets(…) or instances(…) what shall"
            + " stay.");
  }

  private static List<Integer> portsInUse(GroupSeen group) {
    return group.targets().registered().stream()
        .map(t -> t.target().port())
        .distinct()
        .sorted()
        .toList();
  }

  private GroupMoves moves(GroupSeen group, List<Target> wanted) {
    List<Registration> in =
        wanted.stream()
            .filter(t -> group.targets().registeredAmong(List.of(t)).isEmpty())
            .map(t -> new Registration(t, zone(group), false))
            .toList();
    if (settings.registersOnly()) {
      return new GroupMoves(group, wanted, List.of(), in, List.of(), settings.named(), false);
    }
    List<TargetSeen> out =
        group.targets().registered().stream().filter(t -> !wanted.contains(t.target())).toList();
    return new GroupMoves(group, wanted, wanted, in, out, settings.named(), true);
  }

  // Targets outside of the VPC are all registered with the zone "all"; new ones are their like.
  private String zone(GroupSeen group) {
    if (!group.type().equals("ip")) {
      return "";
    }
    List<TargetSeen> present = group.targets().registered();
    boolean outside = !present.isEmpty() && present.stream().allMatch(t -> t.zone().equals("all"));
    return settings.zone().orElse(outside ? "all" : "");
  }
}
