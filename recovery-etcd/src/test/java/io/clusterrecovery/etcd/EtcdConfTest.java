package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EtcdConfTest {
  private static final String OWN = "#[member]\nETCD_SNAPSHOT_COUNT=100000\n";
  private static final String APPENDED =
      """


      #[recover]
      ETCD_NAME="etcd-member-a"
      ETCD_INITIAL_CLUSTER="etcd-member-a=https://a:2380"
      ETCD_INITIAL_ADVERTISE_PEER_URLS="https://a:2380"
      ETCD_INITIAL_CLUSTER_STATE="existing"
      """;

  @Test
  void withoutBlocks_eachRunsBlock_isGoneAndAllElseStays() {
    String later = "ETCD_HEARTBEAT_INTERVAL=100\n";
    assertThat(EtcdConf.withoutBlocks(OWN)).isEqualTo(OWN);
    assertThat(EtcdConf.withoutBlocks(OWN + APPENDED + APPENDED)).isEqualTo(OWN);
    assertThat(EtcdConf.withoutBlocks(OWN + APPENDED + later + APPENDED)).isEqualTo(OWN + later);
    assertThat(EtcdConf.withoutBlocks("ETCD_NAME=own\n" + APPENDED)).isEqualTo("ETCD_NAME=own\n");
    assertThat(EtcdConf.withoutBlocks("")).isEmpty();
  }

  @Test
  void withBlock_hasExactlyOne() {
    String conf =
        EtcdConf.withBlock(
            OWN + APPENDED, "b", "https://b:2380", List.of("a=https://a:2380", "b=https://b:2380"));
    assertThat(conf)
        .isEqualTo(
            OWN
                + """


                #[recover]
                ETCD_NAME="b"
                ETCD_INITIAL_CLUSTER="a=https://a:2380,b=https://b:2380"
                ETCD_INITIAL_ADVERTISE_PEER_URLS="https://b:2380"
                ETCD_INITIAL_CLUSTER_STATE="existing"
                """);
    assertThat(EtcdConf.hasBlock(conf)).isTrue();
    assertThat(EtcdConf.withoutBlocks(conf)).isEqualTo(OWN);
  }

  @Test
  void hasBlock_onlyByItsMark() {
    assertThat(EtcdConf.hasBlock(OWN)).isFalse();
    assertThat(EtcdConf.hasBlock(OWN + APPENDED)).isTrue();
  }
}
