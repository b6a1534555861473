package io.clusterrecovery.etcd;

import io.clusterrecovery.RunContext;
import io.clusterrecovery.etcd.RestoreMethod.Restoration;

/** What stands for a restore of which the plan says why it cannot be. */
record RefusedRestoration() implements Restoration {
  @Override
  public boolean inPlace() {
    return false;
  }

  @Override
  public boolean serving() {
    return false;
  }

  @Override
  public void carryOut(RunContext run) {
    throw new IllegalStateException("a plan with refusals is not carried out");
  }
}
