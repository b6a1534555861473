package io.clusterrecovery.ssh;

import com.jcraft.jsch.ChannelDirectTCPIP;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/** Passes on to a local socket what comes from the host; its end ends only that direction. */
final class TunnelSink extends OutputStream {
  private final Socket socket;
  private final ChannelDirectTCPIP source;
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean opened;
  private boolean broken;
  private volatile boolean unread;

  /**
   * Begins.
   *
   * @param source what it is fed by; as long as that is not open, the socket is left alone
   */
  TunnelSink(Socket socket, ChannelDirectTCPIP source) {
    this.socket = socket;
    this.source = source;
  }

  /** Says that the source was opened: from now on its end is the end of the socket, too. */
  synchronized void opened() throws IOException {
    opened = true;
    if (ended.getCount() == 0) {
      end();
    }
  }

  /** {@return the server's reason not to open the channel, as RFC 4254 has them, or -1} */
  int refusal() {
    return source.getExitStatus();
  }

  /** {@return whether the end came from neither side, but because the session broke} */
  synchronized boolean isBroken() {
    return broken && !unread;
  }

  void awaitEnd() throws InterruptedException {
    ended.await();
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    try {
      socket.getOutputStream().write(bytes, offset, count);
    } catch (IOException e) {
      unread = true;
      throw e;
    }
  }

  /**
   * The library calls this when the host says that it is the end, or else after closing it; it may
   * do both.
   */
  @Override
  public synchronized void close() throws IOException {
    if (ended.getCount() == 0) {
      return;
    }
    broken = source.isClosed();
    ended.countDown();
    if (opened) {
      end();
    }
  }

  private void end() throws IOException {
    if (broken) {
      Quietly.reset(socket);
    } else if (!socket.isClosed()) {
      socket.shutdownOutput();
    }
  }
}
