package io.clusterrecovery.etcd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The records of a file of etcd's write-ahead log, one after the other: {@code walpb.Record}s, each
 * with its length before it and padded to eight bytes (etcd, {@code server/storage/wal}). The file
 * is longer than what was written to it; the rest is zeros.
 */
final class WalRecords {
  /** What a record is of: whose log it is. */
  static final int METADATA = 1;

  /** What a record is of: term, vote and commit index. */
  static final int STATE = 3;

  private static final long LENGTH = 0x00ff_ffff_ffff_ffffL;

  private final ByteBuffer file;
  private long type;
  private @Nullable ProtobufFields data;

  WalRecords(ByteBuffer file) {
    this.file = file.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Goes to the next record.
   *
   * @return whether there is one
   * @throws IOException if what is there is no record, or not a whole one
   */
  boolean next() throws IOException {
    if (file.remaining() < Long.BYTES) {
      return false;
    }
    long frame = file.getLong();
    if (frame == 0) {
      return false;
    }
    int length = length(frame);
    try {
      read(new ProtobufFields(file, file.position(), file.position() + length));
      file.position(file.position() + length + padding(frame));
    } catch (ProtobufFormatException | IllegalArgumentException e) {
      throw new IOException("it is no log of etcd: " + e.getMessage(), e);
    }
    return true;
  }

  long type() {
    return type;
  }

  /** {@return what it holds, if anything} */
  @Nullable ProtobufFields data() {
    return data;
  }

  private int length(long frame) throws IOException {
    long length = frame & LENGTH;
    if (length <= 0 || length > file.remaining()) {
      throw new IOException("it is no log of etcd: a record of %d bytes".formatted(length));
    }
    return (int) length;
  }

  /** The highest bit says that the three lowest of its byte count bytes of padding. */
  private static int padding(long frame) {
    return frame < 0 ? (int) (frame >>> 56) & 7 : 0;
  }

  private void read(ProtobufFields fields) {
    type = 0;
    data = null;
    while (fields.next()) {
      if (fields.isNumber(1)) {
        type = fields.number();
      } else if (fields.isBytes(3)) {
        data = fields.message();
      }
    }
  }
}
