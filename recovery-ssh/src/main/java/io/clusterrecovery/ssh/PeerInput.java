package io.clusterrecovery.ssh;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * What comes from a peer; one that is silent for the socket's time to read is taken for gone.
 *
 * <p>The library's own way is to ask when a read has timed out. That asking waits behind a write
 * that is stuck, so a peer that is gone is not noticed while something is sent to it; and a pause
 * in the middle of a packet makes it lose what it had read of it.
 */
final class PeerInput extends FilterInputStream {
  private final Socket socket;

  PeerInput(Socket socket, InputStream in) {
    super(in);
    this.socket = socket;
  }

  @Override
  public int read() throws IOException {
    try {
      return super.read();
    } catch (SocketTimeoutException e) {
      throw gone(e);
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    try {
      return super.read(bytes, offset, count);
    } catch (SocketTimeoutException e) {
      throw gone(e);
    }
  }

  /** Lets a stuck write fail as well: it holds the lock that ending the session takes. */
  private IOException gone(SocketTimeoutException cause) {
    Quietly.close(socket);
    return new IOException("it has fallen silent", cause);
  }
}
