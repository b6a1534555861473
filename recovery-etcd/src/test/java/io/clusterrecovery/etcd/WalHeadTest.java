package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class WalHeadTest {
  private static final long MEMBER = 0xcbe982c74cbb42fL;
  private static final long CLUSTER = 0x807ae3bffc8d69caL;
  private static final int CRC = 4;
  private static final int METADATA = 1;

  @Test
  void of_checksumThenMetadata_tellsMemberAndCluster() throws Exception {
    WalHead head =
        WalHead.of(
            WalBytes.file(WalBytes.record(CRC, new byte[0]), WalBytes.record(METADATA, owner())));

    assertThat(head).isEqualTo(new WalHead("cbe982c74cbb42f", "807ae3bffc8d69ca"));
  }

  @Test
  void of_emptyFileOfZeros_isNoLog() {
    assertThatThrownBy(() -> WalHead.of(new byte[512]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it is no log of etcd");
  }

  @Test
  void of_cutShort_isNoLog() throws Exception {
    byte[] whole =
        WalBytes.file(WalBytes.record(CRC, new byte[0]), WalBytes.record(METADATA, owner()));
    for (int length = 0; length < whole.length - 7; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> WalHead.of(cut)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void of_otherBytes_isNoLog() {
    byte[] other =
        "#!/bin/sh\necho this is no log of etcd at all\n"
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> WalHead.of(other)).isInstanceOf(IOException.class);
  }

  private static byte[] owner() {
    return WalBytes.numbers(MEMBER, CLUSTER);
  }
}
