package io.clusterrecovery;

/** A local port that leads to a port as a host sees it, until it is closed. */
public interface Tunnel extends AutoCloseable {

  /** {@return the port on this machine's loopback address 127.0.0.1} */
  int localPort();

  /** Closes the port. Never throws. */
  @Override
  void close();
}
