package io.clusterrecovery.examples;

import io.clusterrecovery.Master;
import io.clusterrecovery.Provisioner;
import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabHost;
import java.util.Optional;
import java.util.function.Consumer;

/** A provisioner of the caller's own: boots hosts of the lab with new names and addresses. */
final class LabMasters implements Provisioner {
  private final Lab lab;
  private final Consumer<String> before;
  private final Consumer<LabHost> booted;

  /**
   * Creates the provisioner.
   *
   * @param before is told the name of each host before it boots
   * @param booted is told each host that was booted, before anything else reaches it
   */
  LabMasters(Lab lab, Consumer<String> before, Consumer<LabHost> booted) {
    this.lab = lab;
    this.before = before;
    this.booted = booted;
  }

  static Master master(LabHost host) {
    return new Master(host.name(), host.address());
  }

  @Override
  public Optional<Master> find(String name) {
    return lab.hosts().stream()
        .filter(host -> host.name().equals(name))
        .findFirst()
        .map(LabMasters::master);
  }

  @Override
  public Master make(String name) {
    before.accept(name);
    LabHost host = lab.create(name);
    booted.accept(host);
    return master(host);
  }
}
