package io.clusterrecovery.ssh;

import io.clusterrecovery.RecoveryException;
import java.io.IOException;
import java.net.Socket;

/** How connections to a tunnel's local port go on from there. */
interface TunnelWay extends AutoCloseable {

  /**
   * Passes on what comes from either side until both have ended; the caller resets the socket then.
   *
   * @param onOpen is run once the other side is connected
   * @throws RecoveryException if the other side was not to be had, or broke
   * @throws IOException if the local side broke
   */
  void serve(Socket socket, Runnable onOpen) throws IOException, InterruptedException;

  @Override
  void close();
}
