package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WalCommitTest {
  private static final int ENTRY = 2;

  @Test
  void of_severalStates_isTheLast() {
    assertThat(commit(WalBytes.file(state(7), WalBytes.record(ENTRY, new byte[90]), state(12))))
        .isEqualTo(12);
  }

  @Test
  void of_zerosBehind_isTheLastBeforeThem() {
    byte[] written = WalBytes.file(state(7));
    assertThat(commit(Arrays.copyOf(written, 4096))).isEqualTo(7);
  }

  @Test
  void of_lastRecordCutShort_isTheOneBefore() {
    byte[] whole = WalBytes.file(state(7), state(1L << 40));
    int first = WalBytes.file(state(7)).length;
    for (int length = first; length < whole.length - 7; length++) {
      assertThat(commit(Arrays.copyOf(whole, length))).as("%d bytes", length).isEqualTo(7);
    }
  }

  @Test
  void of_noState_isZero() {
    assertThat(commit(WalBytes.file(WalBytes.record(ENTRY, new byte[9])))).isZero();
    assertThat(commit(new byte[0])).isZero();
  }

  private static long commit(byte[] file) {
    return WalCommit.of(ByteBuffer.wrap(file));
  }

  private static byte[] state(long commit) {
    return WalBytes.record(WalRecords.STATE, WalBytes.numbers(2, 5, commit));
  }
}
