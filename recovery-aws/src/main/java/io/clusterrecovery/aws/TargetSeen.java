package io.clusterrecovery.aws;

import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/**
 * One target of a group as ELB describes it.
 *
 * @param zone its availability zone, {@code all} for one outside of the VPC; empty if not told
 * @param why why it is in that state, empty for a healthy one
 */
record TargetSeen(Target target, String zone, State state, String why) {

  /** The states of ELB. */
  enum State {
    INITIAL,
    HEALTHY,
    UNHEALTHY,
    DRAINING,
    UNUSED,
    OTHER
  }

  static TargetSeen of(TargetHealthDescription seen) {
    TargetDescription target = seen.target();
    return new TargetSeen(
        new Target(target.id(), Optional.ofNullable(target.port()).orElse(0)),
        Optional.ofNullable(target.availabilityZone()).orElse(""),
        state(seen),
        why(seen));
  }

  boolean healthy() {
    return state == State.HEALTHY;
  }

  /** Whether it takes part in the group, rather than being on its way out. */
  boolean registered() {
    return state != State.DRAINING;
  }

  /** Whether it serves, or is not known to be unable to: a state of unknown meaning counts too. */
  boolean mayServe() {
    return state == State.HEALTHY || state == State.INITIAL || state == State.OTHER;
  }

  /** As waits and errors show it. */
  String shown() {
    String state = state().name().toLowerCase(java.util.Locale.ROOT);
    return target + " is " + state + (why.isEmpty() ? "" : " (" + why + ")");
  }

  private static State state(TargetHealthDescription seen) {
    return switch (seen.targetHealth().state()) {
      case INITIAL -> State.INITIAL;
      case HEALTHY -> State.HEALTHY;
      case UNHEALTHY, UNHEALTHY_DRAINING -> State.UNHEALTHY;
      case DRAINING -> State.DRAINING;
      case UNUSED -> State.UNUSED;
      default -> State.OTHER;
    };
  }

  private static String why(TargetHealthDescription seen) {
    String reason = seen.targetHealth().reasonAsString();
    String text = seen.targetHealth().description();
    if (reason == null) {
      return "";
    }
    return text == null ? reason : reason + ": " + text;
  }
}
