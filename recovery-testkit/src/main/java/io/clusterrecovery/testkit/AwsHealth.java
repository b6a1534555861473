package io.clusterrecovery.testkit;

/** Health of one target as a value: how it goes on from one check to the next. */
record AwsHealth(State state, Reason reason, int streak) {
  /** States as ELBv2 spells them, in lower case. */
  enum State {
    INITIAL,
    HEALTHY,
    UNHEALTHY,
    DRAINING,
    UNUSED
  }

  /** Reasons, each with the code and the description of ELBv2. */
  enum Reason {
    NONE("", ""),
    REGISTERING("Elb.RegistrationInProgress", "Target registration is in progress"),
    CHECKING("Elb.InitialHealthChecking", "Initial health checks in progress"),
    REFUSED("Target.FailedHealthChecks", "Health checks failed"),
    TIMEOUT("Target.Timeout", "Request timed out"),
    DEREGISTERING("Target.DeregistrationInProgress", "Target deregistration is in progress"),
    NOT_REGISTERED("Target.NotRegistered", "Target is not registered to the target group"),
    NOT_IN_USE(
        "Target.NotInUse",
        "Target group is not configured to receive traffic from the load balancer");

    final String code;
    final String text;

    Reason(String code, String text) {
      this.code = code;
      this.text = text;
    }
  }

  /** What one TCP check found. */
  enum Check {
    CONNECTED,
    REFUSED,
    TIMEOUT
  }

  static final AwsHealth REGISTERED = new AwsHealth(State.INITIAL, Reason.REGISTERING, 0);
  static final AwsHealth DRAINING = new AwsHealth(State.DRAINING, Reason.DEREGISTERING, 0);
  static final AwsHealth NOT_REGISTERED = new AwsHealth(State.UNUSED, Reason.NOT_REGISTERED, 0);
  static final AwsHealth NOT_IN_USE = new AwsHealth(State.UNUSED, Reason.NOT_IN_USE, 0);

  /** The streak counts successes up from zero and failures down from zero. */
  AwsHealth after(Check check, int threshold) {
    if (state == State.DRAINING) {
      return this;
    }
    boolean good = check == Check.CONNECTED;
    int next = good ? Math.max(0, streak) + 1 : Math.min(0, streak) - 1;
    if (next >= threshold) {
      return new AwsHealth(State.HEALTHY, Reason.NONE, next);
    }
    if (next <= -threshold) {
      Reason why = check == Check.TIMEOUT ? Reason.TIMEOUT : Reason.REFUSED;
      return new AwsHealth(State.UNHEALTHY, why, next);
    }
    return state == State.INITIAL
        ? new AwsHealth(State.INITIAL, Reason.CHECKING, next)
        : new AwsHealth(state, reason, next);
  }

  boolean healthy() {
    return state == State.HEALTHY;
  }
}
