package io.clusterrecovery.aws;

import static java.util.Objects.requireNonNull;

/**
 * A target of a group: the same address at two ports is two targets.
 *
 * @param ip its address
 * @param port the port traffic goes to
 */
public record Target(String ip, int port) {
  /** Checks for null. */
  public Target {
    requireNonNull(ip, "ip");
  }

  @Override
  public String toString() {
    return ip + ":" + port;
  }
}
