package io.clusterrecovery.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/** Passes on to a local socket what comes from the host; its end ends only that direction. */
final class TunnelSink extends OutputStream {
  private final Socket socket;
  private final OutputStream out;
  private final CountDownLatch ended = new CountDownLatch(1);

  TunnelSink(Socket socket) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    out.write(bytes, offset, count);
  }

  @Override
  public void close() throws IOException {
    ended.countDown();
    if (!socket.isClosed()) {
      socket.shutdownOutput();
    }
  }

  void awaitEnd() throws InterruptedException {
    ended.await();
  }
}
