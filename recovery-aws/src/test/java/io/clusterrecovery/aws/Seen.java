package io.clusterrecovery.aws;

import io.clusterrecovery.aws.TargetSeen.State;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What tests let the rules see: groups written as {@code 10.0.0.1:6443/healthy …}. */
final class Seen {
  static final int PORT = 6443;

  private Seen() {}

  static TargetList list(String targets) {
    return new TargetList(
        targets.isEmpty()
            ? List.of()
            : Arrays.stream(targets.split(" ", -1)).map(Seen::seen).toList());
  }

  private static TargetSeen seen(String text) {
    List<String> part = List.of(text.split("[/@]", -1));
    State state = State.valueOf(part.get(1).toUpperCase(Locale.ROOT));
    return new TargetSeen(target(part.get(0)), part.size() > 2 ? part.get(2) : "", state, "");
  }

  static List<Target> targets(String targets) {
    return targets.isEmpty()
        ? List.of()
        : Arrays.stream(targets.split(" ", -1)).map(Seen::target).toList();
  }

  static Target target(String text) {
    List<String> part = List.of(text.split(":", -1));
    return new Target(part.get(0), part.size() > 1 ? Integer.parseInt(part.get(1)) : PORT);
  }

  static GroupSeen group(String name, String targets) {
    return group(name, "ip", false, Set.of(), targets);
  }

  static GroupSeen group(
      String name, String type, boolean internal, Set<String> tagKeys, String targets) {
    return new GroupSeen(
        "arn:" + name,
        name,
        type,
        "ipv4",
        PORT,
        List.of("balancer"),
        internal,
        tagKeys,
        list(targets));
  }

  static BalancersSeen all(GroupSeen... groups) {
    return new BalancersSeen(List.of(groups), List.of());
  }

  /** Wanted is .1 or i-1, leaving are .3 and i-3. */
  static BalancerSettings settings(
      @org.jspecify.annotations.Nullable Integer port, boolean registersOnly) {
    Duration limit = Duration.ofSeconds(1);
    return new BalancerSettings(
        List.of(new GroupRef.ByArn("arn")),
        List.of("10.0.0.1"),
        List.of("i-1"),
        List.of("10.0.0.3", "i-3"),
        Optional.ofNullable(port),
        Optional.empty(),
        1,
        registersOnly,
        false,
        new BalancerLimits(limit, limit, limit));
  }
}
