package io.clusterrecovery.testkit;

import io.clusterrecovery.Change;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Poll;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Brings fake targets in, awaits their health, and takes out those that leave. */
final class FakeTargetsStep implements RecoveryStep<Map<String, Boolean>> {
  private final FakeTargets pool;
  private final List<String> targets;
  private final List<String> leaving;
  private final Duration limit;

  FakeTargetsStep(FakeTargets pool, List<String> targets, List<String> leaving, Duration limit) {
    this.pool = pool;
    this.targets = targets;
    this.leaving = leaving;
    this.limit = limit;
  }

  @Override
  public String operation() {
    return "update fake targets";
  }

  @Override
  public Prepared<Map<String, Boolean>> prepare(RunContext run) {
    Map<String, Boolean> seen = pool.targets();
    List<String> coming = targets.stream().filter(t -> !seen.containsKey(t)).toList();
    List<String> going = leaving.stream().filter(t -> seen.containsKey(t)).toList();
    Plan.Builder plan = Plan.of(operation(), "fake balancer");
    seen.forEach((address, well) -> plan.fact(address, well ? "healthy" : "unhealthy"));
    coming.forEach(address -> plan.change(adding(address)));
    going.forEach(address -> plan.change(removing(address)));
    return new Prepared<>(plan.build(), acting -> act(coming, going, acting));
  }

  private Map<String, Boolean> act(List<String> coming, List<String> going, RunContext run) {
    coming.forEach(address -> run.change(adding(address), () -> pool.add(address)));
    if (!coming.isEmpty() || !going.isEmpty()) {
      Wait wait = Wait.named("targets are healthy", limit);
      run.await(wait, this::health);
    }
    going.forEach(address -> run.change(removing(address), () -> pool.remove(address)));
    return pool.targets();
  }

  private Poll<String> health() {
    List<String> not = pool.unhealthyOf(targets);
    return not.isEmpty() ? Poll.done("all are") : Poll.notYet("unhealthy: " + not);
  }

  private static Change adding(String address) {
    return Change.of("targets/add/" + address, "add target", address, "absent", "target");
  }

  private static Change removing(String address) {
    return Change.of("targets/remove/" + address, "remove target", address, "target", "absent");
  }

  @Override
  public String toString() {
    return operation() + " to " + targets + ", without " + leaving;
  }
}
