package io.clusterrecovery.etcd;

import java.io.IOException;
import java.nio.ByteBuffer;

/** How far a member knew its log to be committed when it last wrote to it. */
final class WalCommit {
  private static final int COMMIT = 3;

  private WalCommit() {}

  /**
   * {@return the commit index that a file of etcd's write-ahead log tells last, or 0} Each file
   * begins with the one of before. What comes after a record that is not whole was never
   * acknowledged.
   */
  static long of(ByteBuffer file) {
    WalRecords records = new WalRecords(file);
    long commit = 0;
    try {
      while (records.next()) {
        ProtobufFields state = records.data();
        if (records.type() == WalRecords.STATE && state != null) {
          commit = Math.max(commit, commit(state));
        }
      }
    } catch (IOException | ProtobufFormatException e) {
      return commit;
    }
    return commit;
  }

  private static long commit(ProtobufFields state) {
    long commit = 0;
    while (state.next()) {
      if (state.isNumber(COMMIT)) {
        commit = state.number();
      }
    }
    return commit;
  }
}
