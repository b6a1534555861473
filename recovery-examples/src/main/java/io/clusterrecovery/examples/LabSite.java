package io.clusterrecovery.examples;

import io.clusterrecovery.Master;
import io.clusterrecovery.testkit.EtcdAccess;
import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabHost;
import java.util.Optional;
import java.util.function.Consumer;

/** A drill's lab in this process. One request at a time. */
final class LabSite implements DrillSite {
  private final DrillLab drill;
  private final Lab lab;
  private final Consumer<LabHost> booted;

  /**
   * Creates the site.
   *
   * @param booted is told each new host before anybody else reaches it
   */
  LabSite(DrillLab drill, Consumer<LabHost> booted) {
    this.drill = drill;
    this.lab = drill.lab();
    this.booted = booted;
  }

  @Override
  public Facts facts() {
    EtcdAccess etcd = lab.etcd();
    return new Facts(
        lab.id(),
        lab.zone(),
        lab.zoneId(),
        lab.awsEndpoint(),
        lab.internalTargetGroup(),
        lab.externalTargetGroup(),
        lab.sshKey(),
        lab.knownHosts(),
        etcd.ca(),
        etcd.cert(),
        etcd.key(),
        lab.kubeconfig(drill.survivor()),
        lab.bin(),
        drill.snapshot());
  }

  @Override
  public Optional<Master> find(String name) {
    return lab.hosts().stream()
        .filter(host -> host.name().equals(name))
        .findFirst()
        .map(LabSite::master);
  }

  /** Before the first new host boots, forged certificate requests lie there. */
  @Override
  public synchronized Master make(String name) {
    if (name.equals(DrillLab.NEW.get(0))) {
      new ForgedRequests(LabApi.client(lab.kubeconfig(drill.survivor()))).post(name);
    }
    LabHost host = lab.create(name);
    booted.accept(host);
    return master(host);
  }

  @Override
  public synchronized String joinConfiguration(String name) {
    return lab.joinConfiguration(lab.host(name), drill.survivor());
  }

  private static Master master(LabHost host) {
    return new Master(host.name(), host.address());
  }
}
