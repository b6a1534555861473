package io.clusterrecovery.ssh;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Hands what is written to it to another stream by a thread of its own, so that producing and
 * sending go on at the same time. Closing waits until all was handed over, and closes that stream.
 */
final class Relay extends OutputStream {
  private static final int BUFFERS = 8;
  private static final int BUFFER_SIZE = 128 << 10;
  private static final ByteBuffer END = ByteBuffer.allocate(0);

  private final OutputStream to;
  private final BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(BUFFERS);
  private final BlockingQueue<ByteBuffer> full = new ArrayBlockingQueue<>(BUFFERS + 1);
  private final Thread worker;
  private volatile @Nullable IOException failure;
  private @Nullable ByteBuffer current;

  Relay(String name, OutputStream to) {
    this.to = to;
    for (int i = 0; i < BUFFERS; i++) {
      free.add(ByteBuffer.allocate(BUFFER_SIZE));
    }
    worker = Blocking.daemon(name, this::work);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    int at = offset;
    int left = count;
    while (left > 0) {
      ByteBuffer buffer = room();
      int part = Math.min(left, buffer.remaining());
      buffer.put(bytes, at, part);
      at += part;
      left -= part;
      if (!buffer.hasRemaining()) {
        pass();
      }
    }
  }

  @Override
  public void close() throws IOException {
    pass();
    try {
      full.put(END);
      worker.join();
    } catch (InterruptedException e) {
      throw interrupted();
    }
    requireWorking();
  }

  private ByteBuffer room() throws IOException {
    ByteBuffer buffer = current;
    if (buffer == null) {
      try {
        buffer = free.take().clear();
      } catch (InterruptedException e) {
        throw interrupted();
      }
      requireWorking();
      current = buffer;
    }
    return buffer;
  }

  private void pass() throws IOException {
    ByteBuffer buffer = current;
    if (buffer != null) {
      current = null;
      // There are no more buffers than places.
      full.add(buffer.flip());
    }
  }

  private void work() {
    try (to) {
      for (ByteBuffer next = full.take(); next.capacity() > 0; next = full.take()) {
        to.write(next.array(), next.arrayOffset(), next.limit());
        free.add(next);
      }
    } catch (IOException e) {
      failure = e;
      // Whoever waits for a buffer learns of it now.
      free.offer(ByteBuffer.allocate(BUFFER_SIZE));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void requireWorking() throws IOException {
    IOException known = failure;
    if (known != null) {
      throw new IOException(known.getMessage(), known);
    }
  }

  private static IOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted");
  }
}
