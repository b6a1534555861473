package io.clusterrecovery.testkit;

import io.clusterrecovery.RemoteHost;

/**
 * What every {@link RemoteHost} has to hold, as JUnit tests: for whoever brings another way to a
 * host, such as an agent or a cloud's run-command service.
 *
 * <pre>{@code
 * class MyHostContractIT implements RemoteHostContract {
 *   public RemoteHost openHost() {
 *     return MyHost.at("10.0.0.4").build();
 *   }
 * }
 * }</pre>
 *
 * <p>The host must be one where commands may be run as root: each test works in a folder below
 * {@code /tmp}, and with detached commands below {@code /var/lib/cluster-recovery}, and removes
 * what it made if it succeeds. The host has a POSIX shell and GNU coreutils, and an SSH server that
 * {@link #sshServer()} names, as the other end of tunnels. JUnit Jupiter and AssertJ have to be
 * there.
 */
public interface RemoteHostContract
    extends CommandsContract, DetachedContract, FilesContract, TunnelContract {

  /** {@return the host that is tested, made anew by each call; the tests close it} */
  @Override
  RemoteHost openHost();

  /**
   * {@return an address, as the host sees it, where an SSH server listens at port 22 and nobody at
   * port 1; the host's own loopback address unless overridden}
   */
  @Override
  default String sshServer() {
    return TunnelContract.super.sshServer();
  }
}
