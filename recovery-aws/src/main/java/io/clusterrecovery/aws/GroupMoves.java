package io.clusterrecovery.aws;

import io.clusterrecovery.Change;
import java.util.List;

/**
 * What is to be done to one target group.
 *
 * @param zone the availability zone that new targets are registered with; empty to have it found
 * @param wanted every target that shall be healthy in the end
 * @param in those of them to be registered
 * @param out those present to be deregistered, exactly as they are registered
 * @param hadHealthy whether any target was healthy at the start
 */
record GroupMoves(
    String arn,
    String name,
    String zone,
    List<Target> wanted,
    List<Target> in,
    List<TargetSeen> out,
    boolean hadHealthy) {

  List<Target> leaving() {
    return out.stream().map(TargetSeen::target).toList();
  }

  List<Change> registrations() {
    return in.stream().map(t -> change("register", t, "absent", "healthy")).toList();
  }

  List<Change> deregistrations() {
    return out.stream().map(t -> change("deregister", t.target(), "registered", "absent")).toList();
  }

  private Change change(String verb, Target target, String from, String to) {
    String id = "targets/" + arn + "/" + verb + "/" + target;
    return Change.of(id, verb + " target", target + " in target group " + name, from, to);
  }
}
