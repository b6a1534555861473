package io.clusterrecovery.ssh;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Computes a SHA-256 beside a transfer, in a thread of its own, over buffers that go round.
 *
 * <p>Used by one thread: it takes a free buffer, fills it, uses it, and adds it.
 */
final class SideDigest implements AutoCloseable {
  private static final int BUFFERS = 16;
  private static final int BUFFER_SIZE = 128 << 10;
  private static final ByteBuffer END = ByteBuffer.allocate(0);

  private final MessageDigest digest = sha256();
  private final BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(BUFFERS);
  private final BlockingQueue<ByteBuffer> full = new ArrayBlockingQueue<>(BUFFERS + 1);
  private final Thread worker;

  SideDigest() {
    for (int i = 0; i < BUFFERS; i++) {
      free.add(ByteBuffer.allocate(BUFFER_SIZE));
    }
    worker = Blocking.daemon("ssh-digest", this::digestAll);
  }

  ByteBuffer take() throws InterruptedException {
    return free.take().clear();
  }

  /** Digests a buffer's bytes from its position to its limit; then it goes round. */
  void add(ByteBuffer buffer) throws InterruptedException {
    full.put(buffer);
  }

  /** {@return the digest of all that was added} */
  String finish() throws InterruptedException {
    full.put(END);
    worker.join();
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() {
    worker.interrupt();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private void digestAll() {
    try {
      for (ByteBuffer next = full.take(); next.capacity() > 0; next = full.take()) {
        digest.update(next);
        free.add(next);
      }
    } catch (InterruptedException e) {
      // The transfer failed, nobody wants the digest.
      Thread.currentThread().interrupt();
    }
  }
}
