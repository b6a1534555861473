package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.testkit.LabHost;
import java.util.List;

/**
 * What a host must be like after a restore, looked at by other means than the SDK.
 *
 * @param mark a file that is older than the restore
 */
record RestoredHost(EtcdLab lab, LabHost survivor, String oldClusterId, String mark) {

  void assertRestored() throws Exception {
    assertContent();
    String kept = survivor.script("cat /var/lib/cluster-recovery/*/etcd-data-1/manifest").orThrow();
    assertThat(kept).contains("from=/var/lib/etcd/member", "mode=700");
  }

  void assertContent() throws Exception {
    assertThat(lab.etcdctl(List.of(survivor), "get", "--prefix", "", "--keys-only").split("\\s+"))
        .containsExactly("/before/0", "/before/1", "/before/2", "/before/3", "/before/4");
    assertThat(lab.etcdctl(List.of(survivor), "member", "list"))
        .hasLineCount(1)
        .contains(", started, a, https://etcd-0.lab.test:2380")
        .endsWith("false");
    try (EtcdClient client = lab.cluster(survivor).connect(lab.lab.etcd().endpoint(survivor))) {
      assertThat(client.status().clusterId()).isNotEqualTo(oldClusterId);
    }
    assertThat(EtcdLab.newFiles(survivor, mark)).isEmpty();
    assertThat(
            survivor
                .script(
                    "cd /var/lib/cluster-recovery && find . -name snapshot.db -o -path './jobs/*'")
                .orThrow())
        .isEmpty();
    assertThat(survivor.script("stat -c %a /var/lib/cluster-recovery/*/restore.json").orThrow())
        .isEqualTo("600");
  }
}
