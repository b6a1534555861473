package io.clusterrecovery.ssh;

import io.clusterrecovery.Clock;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.testkit.RemoteHostContract;
import java.io.File;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each shell is started inside a lab host, so that this machine is left alone; all else is as for
 * an operator who is logged in there.
 */
@ExtendWith(OneHost.class)
class LocalHostContractIT {
  private final OneHost.Target target;

  LocalHostContractIT(OneHost.Target target) {
    this.target = target;
  }

  @Nested
  class WhenRoot implements RemoteHostContract {
    @Override
    public RemoteHost openHost() {
      return as("root");
    }

    @Override
    public String sshServer() {
      return target.host().address();
    }
  }

  @Nested
  class WhenAUserWithSudo implements RemoteHostContract {
    @Override
    public RemoteHost openHost() {
      return as("core");
    }

    @Override
    public String sshServer() {
      return target.host().address();
    }
  }

  private LocalHost as(String user) {
    LocalShell shell = new LocalShell(user, new File("/"), target.host().inside(user));
    return new LocalHost(shell, null, Clock.system());
  }
}
