package io.clusterrecovery.aws;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Decides whether a target group is of a kind that can be given other targets. */
final class GroupSuitability {
  private static final Set<String> TYPES = Set.of("ip", "instance");

  private final BalancerSettings settings;

  GroupSuitability(BalancerSettings settings) {
    this.settings = settings;
  }

  List<Refusal> refusals(GroupSeen group) {
    List<Refusal> refusals = new ArrayList<>();
    if (!TYPES.contains(group.type())) {
      refusals.add(
          refusal(
              group,
              "has targets of type " + group.type() + ", neither ip nor instance",
              "Give a group of one of those types, or change this one by hand."));
    } else if (settings.wanted(group.type()).isEmpty()) {
      refusals.add(nothingWanted(group));
    } else if (!group.family().equals("ipv4")) {
      refusals.add(
          refusal(group, "takes addresses of " + group.family(), "Change this one by hand."));
    }
    if (!group.inUse()) {
      refusals.add(
          refusal(
              group,
              "is used by no load balancer, so no target of it becomes healthy",
              "Give the group that the load balancer's listener forwards to."));
    }
    return refusals;
  }

  private static Refusal nothingWanted(GroupSeen group) {
    String setter = group.type().equals("instance") ? "instances(…)" : "targets(…)";
    return refusal(
        group,
        "has targets of type " + group.type() + ", and none was named",
        "Name with " + setter + " what it shall have.");
  }

  static Refusal refusal(GroupSeen group, String found, String next) {
    return new Refusal(
        Code.TARGET_GROUP_UNSUPPORTED, "Target group %s %s.".formatted(group.name(), found), next);
  }
}
