package io.clusterrecovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gets new masters from a provisioner, those that are not there yet one after the other. */
record Provisioning(Provisioner provisioner, List<String> names)
    implements RecoveryStep<List<Master>> {

  @Override
  public String operation() {
    return RecoveryPart.MASTERS.title();
  }

  @Override
  public Prepared<List<Master>> prepare(RunContext run) {
    Plan.Builder plan = Plan.of(operation(), String.join(", ", names));
    Map<String, Optional<Master>> found = new LinkedHashMap<>();
    for (String name : names) {
      Optional<Master> master = provisioner.find(name);
      found.put(name, master);
      master.ifPresentOrElse(m -> plan.fact(name, m.address()), () -> plan.change(change(name)));
    }
    return new Prepared<>(plan.build(), acting -> act(acting, found));
  }

  /** Those that are there already. */
  List<Master> there() {
    return names.stream().map(provisioner::find).flatMap(Optional::stream).toList();
  }

  private List<Master> act(RunContext run, Map<String, Optional<Master>> found) {
    List<Master> masters = new ArrayList<>();
    found.forEach((name, there) -> masters.add(there.orElseGet(() -> made(name, run))));
    return masters;
  }

  private Master made(String name, RunContext run) {
    List<Master> made = new ArrayList<>();
    run.change(change(name), () -> made.add(provisioner.make(name)));
    Master master = made.get(0);
    if (!master.name().equals(name)) {
      throw run.failure(
          Code.VERIFICATION_FAILED,
          "The provisioner was asked for %s and made %s.".formatted(name, master),
          "Correct the provisioner, then resume.",
          null);
    }
    return master;
  }

  private static Change change(String name) {
    return Change.of("make/" + name, "make a new master", name, "not there", "running");
  }
}
