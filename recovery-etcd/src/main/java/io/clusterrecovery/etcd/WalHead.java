package io.clusterrecovery.etcd;

import java.io.IOException;
import java.nio.ByteBuffer;

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

  private static final int MOST_RECORDS = 4;

  /**
   * Reads it.
   *
   * @param bytes how a file of the log begins
   * @throws IOException if it is none
   */
  static WalHead of(byte[] bytes) throws IOException {
    return of(ByteBuffer.wrap(bytes));
  }

  /** Likewise. */
  static WalHead of(ByteBuffer file) throws IOException {
    WalRecords records = new WalRecords(file);
    for (int i = 0; i < MOST_RECORDS && records.next(); i++) {
      ProtobufFields data = records.data();
      if (records.type() == WalRecords.METADATA && data != null) {
        return owner(data);
      }
    }
    throw new IOException("it is no log of etcd: it does not say whose it is");
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
