package io.clusterrecovery.etcd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;

/**
 * Reads the pages of a database one after the other into the same buffer, and lets none be reached
 * twice: so whatever the pages say, a walk over them ends.
 */
final class BoltPages {
  static final int HEADER = 16;
  static final int BRANCH = 0x01;
  static final int LEAF = 0x02;
  static final int FREELIST = 0x10;

  /** Far above what etcd writes: a few values of at most 1.5 MiB, unless it is told otherwise. */
  private static final int LARGEST_RUN = 32 << 20;

  private final BoltFile file;
  private final int pageSize;
  private final BitSet reached;
  private ByteBuffer buffer;

  BoltPages(BoltFile file) {
    this.file = file;
    this.pageSize = file.meta().pageSize();
    this.reached = new BitSet((int) file.meta().pages());
    this.buffer = allocate(pageSize);
    reached.set(0, 2);
  }

  /**
   * Reads a branch or leaf page with its overflow.
   *
   * @return the page, from 0 to its limit; valid until the next one is read
   */
  ByteBuffer read(long id) throws IOException {
    requireThere(id);
    buffer.clear().limit(pageSize);
    file.source().read(id * pageSize, buffer);
    int size = Math.toIntExact(pageSize * reachRun(id, LARGEST_RUN / pageSize));
    if (size > pageSize) {
      grow(size);
      buffer.clear().limit(size).position(pageSize);
      file.source().read((id + 1) * pageSize, buffer);
    }
    return buffer.flip();
  }

  private void grow(int size) {
    if (size > buffer.capacity()) {
      ByteBuffer larger = allocate(size);
      larger.put(buffer.flip());
      buffer = larger;
    }
  }

  /** Notes a page, whose header is in the buffer, and its overflow as reached. */
  private long reachRun(long id, long most) {
    long run = 1 + Integer.toUnsignedLong(buffer.getInt(12));
    if (buffer.getLong(0) != id || run > most) {
      throw damaged(id);
    }
    for (long page = id; page < id + run; page++) {
      reach(page);
    }
    return run;
  }

  /** Notes the pages of the list of free pages, and those in it; then none may be left over. */
  void readFreelist() throws IOException {
    long id = file.meta().freelist();
    if (id == BoltMeta.NO_FREELIST) {
      return;
    }
    requireThere(id);
    buffer.clear().limit(HEADER);
    file.source().read(id * pageSize, buffer);
    long run = reachRun(id, file.meta().pages());
    if (Short.toUnsignedInt(buffer.getShort(8)) != FREELIST) {
      throw damaged(id);
    }
    long start = id * pageSize + HEADER;
    long count = Short.toUnsignedInt(buffer.getShort(10));
    if (count == 0xFFFF) {
      buffer.clear().limit(Long.BYTES);
      file.source().read(start, buffer);
      count = buffer.getLong(0);
      start += Long.BYTES;
    }
    if (count < 0 || count > (run * pageSize - HEADER) / Long.BYTES) {
      throw damaged(id);
    }
    readFree(start, start + count * Long.BYTES);
    requireAllReached();
  }

  private void readFree(long from, long to) throws IOException {
    for (long at = from; at < to; at += buffer.limit()) {
      buffer.clear().limit((int) Math.min(pageSize, to - at));
      file.source().read(at, buffer);
      for (int i = 0; i < buffer.limit(); i += Long.BYTES) {
        reach(buffer.getLong(i));
      }
    }
  }

  private void requireAllReached() {
    int lost = reached.nextClearBit(0);
    if (lost < file.meta().pages()) {
      throw BoltFormatException.corrupt("its page " + lost + " is neither used nor free");
    }
  }

  private void reach(long id) {
    requireThere(id);
    if (reached.get((int) id)) {
      throw BoltFormatException.corrupt("page " + id + " of it is pointed to twice");
    }
    reached.set((int) id);
  }

  private void requireThere(long id) {
    if (id < 2 || id >= file.meta().pages()) {
      throw BoltFormatException.corrupt("it points to page " + id + ", which it does not have");
    }
  }

  private static BoltFormatException damaged(long id) {
    return BoltFormatException.corrupt("its page " + id + " is damaged");
  }

  private static ByteBuffer allocate(int size) {
    return ByteBuffer.allocateDirect(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
