package io.clusterrecovery.aws;

import io.clusterrecovery.RunContext;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was registered in a group when a run first looked: kept with the run, so that a resumed one
 * can still tell all that it changed.
 */
record TargetsBefore(List<Registration> registered) {

  static TargetsBefore of(RunContext run, GroupSeen group) {
    String kept =
        run.once(
            "targets of " + group.arn() + " before",
            () -> new TargetsBefore(registrations(group.targets())).text());
    return parse(kept);
  }

  private static List<Registration> registrations(TargetList list) {
    return list.registered().stream().map(Registration::of).toList();
  }

  /** What became of the group, now that the moves were carried out. */
  LoadBalancerResult.Updated updated(GroupMoves moves, TargetList now) {
    List<Target> before = registered.stream().map(Registration::target).toList();
    List<Target> present = now.registered().stream().map(TargetSeen::target).toList();
    return new LoadBalancerResult.Updated(
        moves.arn(),
        moves.name(),
        now.healthy(),
        moves.wanted().stream().filter(t -> !before.contains(t)).toList(),
        registered.stream().filter(r -> !present.contains(r.target())).toList());
  }

  String text() {
    return registered.stream().map(TargetsBefore::line).collect(Collectors.joining("\n"));
  }

  private static String line(Registration one) {
    return String.join(
        " ",
        one.target().id(),
        Integer.toString(one.target().port()),
        Boolean.toString(one.healthy()),
        one.availabilityZone());
  }

  static TargetsBefore parse(String text) {
    return new TargetsBefore(
        Arrays.stream(text.split("\n", -1))
            .filter(l -> !l.isEmpty())
            .map(TargetsBefore::one)
            .toList());
  }

  private static Registration one(String line) {
    List<String> part = List.of(line.split(" ", -1));
    Target target = new Target(part.get(0), Integer.parseInt(part.get(1)));
    return new Registration(target, part.get(3), Boolean.parseBoolean(part.get(2)));
  }
}
