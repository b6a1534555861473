package io.clusterrecovery;

import java.util.function.Function;

/** A step made of a function. */
record TestStep<R>(String operation, Function<RunContext, Prepared<R>> looking)
    implements RecoveryStep<R> {

  static final Change FIRST = Change.of("first", "stop etcd", "host-1", "running", "stopped");
  static final Change SECOND = Change.of("second", "move data", "host-1", "here", "there");

  static TestStep<String> acting(Function<RunContext, String> act) {
    Plan plan = Plan.of("test", "host-1").change(FIRST).change(SECOND).build();
    return with(plan, act);
  }

  static <R> TestStep<R> with(Plan plan, Function<RunContext, R> act) {
    return new TestStep<>("test", run -> new Prepared<>(plan, act));
  }

  static TestStep<String> unchanged(String result) {
    return with(Plan.of("test", "host-1").build(), run -> result);
  }

  static TestStep<String> refusing(Code code, String found) {
    Plan plan = Plan.of("test", "host-1").refuse(code, found, "Do this.").build();
    return with(plan, run -> "never");
  }

  @Override
  public Prepared<R> prepare(RunContext run) {
    return looking.apply(run);
  }
}
