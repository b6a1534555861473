package io.clusterrecovery.examples;

import io.clusterrecovery.Change;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabHost;

/**
 * {@code kubeadm join --control-plane} of one host, in two steps of the caller's own, since
 * somebody has to approve its certificates in between.
 *
 * @param through a host that serves
 */
record KubeadmJoin(Lab lab, String name, LabHost through) {

  RecoveryStep<LabHost> starting() {
    return new Starting(this);
  }

  RecoveryStep<LabHost> awaiting() {
    return new Awaiting(this);
  }

  private record Starting(KubeadmJoin join) implements RecoveryStep<LabHost> {
    @Override
    public String operation() {
      return "start kubeadm join";
    }

    @Override
    public Prepared<LabHost> prepare(RunContext run) {
      Change change =
          Change.of("join/" + join.name, "start kubeadm join", join.name, "booted", "joining");
      return new Prepared<>(
          Plan.of(operation(), join.name).change(change).build(), acting -> act(change, acting));
    }

    private LabHost act(Change change, RunContext run) {
      LabHost host = join.lab.host(join.name);
      run.change(change, () -> join.lab.startJoin(host, join.through));
      return host;
    }
  }

  private record Awaiting(KubeadmJoin join) implements RecoveryStep<LabHost> {
    @Override
    public String operation() {
      return "wait for kubeadm join";
    }

    @Override
    public Prepared<LabHost> prepare(RunContext run) {
      return new Prepared<>(Plan.of(operation(), join.name).build(), acting -> awaitJoined());
    }

    private LabHost awaitJoined() {
      LabHost host = join.lab.host(join.name);
      join.lab.awaitJoined(host);
      return host;
    }
  }
}
