package io.clusterrecovery.ssh;

import java.io.OutputStream;
import java.util.Arrays;

/** Keeps the end of what is written to it. Never blocks, so the connection's reader goes on. */
class Tail extends OutputStream {
  static final int LIMIT = 4 << 20;

  private byte[] kept = new byte[8 << 10];
  private int length;
  private long total;

  @Override
  public synchronized void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int count) {
    if (length + count > kept.length) {
      makeRoom(count);
    }
    System.arraycopy(bytes, offset, kept, length, count);
    length += count;
    total += count;
  }

  synchronized Bytes bytes() {
    return new Bytes(Arrays.copyOfRange(kept, Math.max(0, length - LIMIT), length));
  }

  /** {@return how many bytes are not kept} */
  synchronized long dropped() {
    return Math.max(0, total - LIMIT);
  }

  private void makeRoom(int count) {
    // Twice the limit is held, so that old bytes are dropped seldom and in bulk.
    int drop = length + count > 2 * LIMIT ? Math.max(0, length - LIMIT) : 0;
    int needed = length - drop + count;
    byte[] next = new byte[Math.max(needed, Math.min(2 * needed, 2 * LIMIT))];
    System.arraycopy(kept, drop, next, 0, length - drop);
    kept = next;
    length -= drop;
  }
}
