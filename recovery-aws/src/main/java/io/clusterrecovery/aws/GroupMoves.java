package io.clusterrecovery.aws;

import io.clusterrecovery.Change;
import java.util.List;
import java.util.Set;

/**
 * What is to be done to one target group.
 *
 * @param seen the group as it was when this was decided
 * @param wanted every target that shall be registered in the end
 * @param awaited those of them that must be healthy before any other leaves, and in the end
 * @param in what is to be registered
 * @param out those present to be deregistered, exactly as they are registered
 * @param named the ids of those that may leave even while they serve
 * @param alone whether in the end nothing is registered besides the wanted
 */
record GroupMoves(
    GroupSeen seen,
    List<Target> wanted,
    List<Target> awaited,
    List<Registration> in,
    List<TargetSeen> out,
    Set<String> named,
    boolean alone) {

  String arn() {
    return seen.arn();
  }

  String name() {
    return seen.name();
  }

  List<Target> leaving() {
    return out.stream().map(TargetSeen::target).toList();
  }

  List<Change> registrations() {
    return in.stream().map(r -> change("register", r.target(), "absent", "registered")).toList();
  }

  List<Change> deregistrations() {
    return deregistrations(out);
  }

  List<Change> deregistrations(List<TargetSeen> of) {
    return of.stream().map(t -> change("deregister", t.target(), "registered", "absent")).toList();
  }

  private Change change(String verb, Target target, String from, String to) {
    String id = "targets/" + arn() + "/" + verb + "/" + target;
    return Change.of(id, verb + " target", target + " in target group " + name(), from, to);
  }
}
