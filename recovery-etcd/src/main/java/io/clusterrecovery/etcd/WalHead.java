package io.clusterrecovery.etcd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Whose data a file of etcd's write-ahead log is. Each begins with a checksum and with metadata
 * that names member and cluster (etcd, {@code server/storage/wal}); it is there from the first
 * start on, before any database is.
 *
 * @param memberId the member's id, in hexadecimal without leading zeros, as etcd prints it
 * @param clusterId the cluster's id, likewise
 */
record WalHead(String memberId, String clusterId) {
  /** Longer than the two records ever are. */
  static final int LONGEST = 4096;

  private static final long LENGTH = 0x00ff_ffff_ffff_ffffL;
  private static final int METADATA = 1;
  private static final int MOST_RECORDS = 4;

  /**
   * Reads it.
   *
   * @param bytes how a file of the log begins
   * @throws IOException if it is none
   */
  static WalHead of(byte[] bytes) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    try {
      for (int i = 0; i < MOST_RECORDS && file.remaining() >= Long.BYTES; i++) {
        long frame = file.getLong();
        int length = length(frame, file.remaining());
        ProtobufFields data = metadata(file, length);
        if (data != null) {
          return owner(data);
        }
        file.position(file.position() + length + padding(frame));
      }
    } catch (ProtobufFormatException | IllegalArgumentException e) {
      throw new IOException("it is no log of etcd: " + e.getMessage(), e);
    }
    throw new IOException("it is no log of etcd: it does not say whose it is");
  }

  private static int length(long frame, int left) throws IOException {
    long length = frame & LENGTH;
    if (length <= 0 || length > left) {
      throw new IOException("it is no log of etcd: a record of %d bytes".formatted(length));
    }
    return (int) length;
  }

  /** The highest bit says that the three lowest of its byte count bytes of padding. */
  private static int padding(long frame) {
    return frame < 0 ? (int) (frame >>> 56) & 7 : 0;
  }

  private static @Nullable ProtobufFields metadata(ByteBuffer file, int length) {
    ProtobufFields fields = new ProtobufFields(file, file.position(), file.position() + length);
    long type = 0;
    while (fields.next()) {
      if (fields.isNumber(1)) {
        type = fields.number();
      } else if (fields.isBytes(3) && type == METADATA) {
        return fields.message();
      }
    }
    return null;
  }

  private static WalHead owner(ProtobufFields metadata) {
    long member = 0;
    long cluster = 0;
    while (metadata.next()) {
      if (metadata.isNumber(1)) {
        member = metadata.number();
      } else if (metadata.isNumber(2)) {
        cluster = metadata.number();
      }
    }
    return new WalHead(Long.toHexString(member), Long.toHexString(cluster));
  }
}
