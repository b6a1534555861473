package io.clusterrecovery.aws;

import static java.util.Objects.requireNonNull;

/**
 * A target of a group: the same address, or instance, at two ports is two targets.
 *
 * @param id its address in a group of type {@code ip}, its instance id in one of type {@code
 *     instance}
 * @param port the port traffic goes to
 */
public record Target(String id, int port) {
  /** Checks for null. */
  public Target {
    requireNonNull(id, "id");
  }

  @Override
  public String toString() {
    return id + ":" + port;
  }
}
