package io.clusterrecovery.examples;

import io.clusterrecovery.Change;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabHost;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A provisioning step of the caller's own: boots hosts with new names and addresses. */
final class NewHosts implements RecoveryStep<List<LabHost>> {
  private final Lab lab;
  private final List<String> names;
  private final Runnable beside;
  private final Consumer<LabHost> booted;

  /**
   * Creates the step.
   *
   * @param beside done before the hosts boot
   * @param booted is told each host that was booted
   */
  NewHosts(Lab lab, List<String> names, Runnable beside, Consumer<LabHost> booted) {
    this.lab = lab;
    this.names = names;
    this.beside = beside;
    this.booted = booted;
  }

  @Override
  public String operation() {
    return "boot new hosts";
  }

  @Override
  public Prepared<List<LabHost>> prepare(RunContext run) {
    List<String> there = lab.hosts().stream().map(LabHost::name).toList();
    Plan.Builder plan = Plan.of(operation(), "lab " + lab.id());
    List<String> missing = names.stream().filter(n -> !there.contains(n)).toList();
    missing.forEach(name -> plan.change(boot(name)));
    return new Prepared<>(plan.build(), acting -> act(acting, missing));
  }

  private List<LabHost> act(RunContext run, List<String> missing) {
    beside.run();
    for (String name : missing) {
      run.change(boot(name), () -> booted.accept(lab.create(name)));
    }
    List<LabHost> hosts = new ArrayList<>();
    names.forEach(name -> hosts.add(lab.host(name)));
    return hosts;
  }

  private static Change boot(String name) {
    return Change.of("boot/" + name, "boot a new host", name, "not there", "running");
  }
}
