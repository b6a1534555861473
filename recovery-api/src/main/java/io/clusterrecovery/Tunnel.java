package io.clusterrecovery;

import java.util.Optional;

/**
 * A local port that leads to a port as a host sees it, until it is closed.
 *
 * <p>It outlives a lost connection to the host: connections through it break then, visibly, and the
 * next one connects to the host again.
 */
public interface Tunnel extends AutoCloseable {

  /** {@return the port on this machine's loopback address 127.0.0.1} */
  int localPort();

  /**
   * {@return why the last connection through it did not come about or broke, which the one who
   * connected only saw as a reset; empty if it came about, or if this is not known}
   */
  default Optional<RecoveryException> lastFailure() {
    return Optional.empty();
  }

  /** Closes the port. Never throws. */
  @Override
  void close();
}
