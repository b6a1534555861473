package io.clusterrecovery.ssh;

import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.testkit.RemoteHostContract;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OneHost.class)
class SshHostContractIT implements RemoteHostContract {
  private final OneHost.Target target;

  SshHostContractIT(OneHost.Target target) {
    this.target = target;
  }

  @Override
  public RemoteHost openHost() {
    return target.ssh();
  }
}
