package io.clusterrecovery.testkit;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RunContext;
import java.util.Map;
import java.util.TreeMap;

/** Points records of a fake zone at other addresses. */
final class FakeDnsStep implements RecoveryStep<Map<String, String>> {
  private final FakeDns dns;
  private final Map<String, String> wanted;

  FakeDnsStep(FakeDns dns, Map<String, String> wanted) {
    this.dns = dns;
    this.wanted = wanted;
  }

  @Override
  public String operation() {
    return "update fake DNS";
  }

  @Override
  public Prepared<Map<String, String>> prepare(RunContext run) {
    TreeMap<String, String> seen = new TreeMap<>();
    wanted.keySet().forEach(name -> seen.put(name, dns.shown(name)));
    Plan plan = plan(seen);
    return new Prepared<>(plan, acting -> act(seen, plan, acting));
  }

  private Plan plan(Map<String, String> seen) {
    Plan.Builder plan = Plan.of(operation(), dns.toString());
    seen.forEach(
        (name, old) -> {
          plan.fact(name, old);
          if (!dns.holds(name)) {
            plan.refuse(
                Code.RECORD_UNSUPPORTED, name + " is not in the zone.", "Name one that is.");
          } else if (!old.equals(wanted.get(name))) {
            plan.change(
                Change.of("dns/" + name, "point record", name, old, wanted.getOrDefault(name, "")));
          }
        });
    return plan.build();
  }

  private Map<String, String> act(Map<String, String> seen, Plan plan, RunContext run) {
    if (!plan.changes().isEmpty()) {
      changeAll(plan, run, () -> change(seen, run));
    }
    return Map.copyOf(wanted);
  }

  /** One request makes them all, so the intent of each is told before it. */
  private static void changeAll(Plan plan, RunContext run, Runnable request) {
    Runnable all = request;
    for (Change change : plan.changes()) {
      Runnable inner = all;
      all = () -> run.change(change, inner);
    }
    all.run();
  }

  private void change(Map<String, String> seen, RunContext run) {
    if (!dns.change(seen, wanted)) {
      throw run.failure(
          Code.CONCURRENT_CHANGE,
          "Somebody else changed the zone meanwhile: it is " + dns + " now.",
          "Look at the plan again, then run this again.",
          null);
    }
  }

  @Override
  public String toString() {
    return operation() + " to " + wanted;
  }
}
