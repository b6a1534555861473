package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabEtcdIT {
  private static final String CONFIGURED = "ETCD_INITIAL_CLUSTER_STATE=new";

  @Test
  void lab_withEtcd_survivesAPowerCutOfAMember() {
    try (Lab lab = Lab.builder().hosts("a", "b", "c").etcd(LabBuilder.ETCD_VERSION).start()) {
      LabHost cut = lab.host("b");
      assertThat(etcdctl(lab, "put key value").out()).contains("OK");

      cut.powerOff();
      assertThat(etcdctl(lab, "get key --print-value-only").out()).contains("value");
      cut.boot();

      Await.until(
          "the member is back", Exec.LIMIT, () -> cut.run("systemctl", "is-active", "etcd").ok());
    }
  }

  @Test
  void lab_withEtcdNotRunning_hasItConfiguredOnly() {
    try (Lab lab =
        Lab.builder().hosts("a").etcd(LabBuilder.ETCD_VERSION).etcdRunning(false).start()) {
      LabHost host = lab.host("a");

      assertThat(host.run("systemctl", "is-active", "etcd").out()).isEqualTo("inactive\n");
      assertThat(host.run("cat", "/etc/etcd/etcd.env").orThrow()).contains(CONFIGURED);
      assertThat(host.run("test", "-e", "/var/lib/etcd").ok()).isFalse();
    }
  }

  @Tag("full")
  @ParameterizedTest
  @ValueSource(strings = {"3.4.23", "3.5.35", "3.6.16"})
  void lab_withAnyEtcd_takesWrites(String version) {
    try (Lab lab = Lab.builder().hosts("a", "b", "c").etcd(version).start()) {
      assertThat(etcdctl(lab, "put key value").out()).contains("OK");
      assertThat(lab.host("a").run("etcd", "--version").out()).contains(version);
    }
  }

  private static Ran etcdctl(Lab lab, String command) {
    EtcdAccess access = lab.etcd();
    Map<String, String> settings =
        Map.of(
            "ETCDCTL_API", "3",
            "ETCDCTL_ENDPOINTS", access.endpoint(lab.host("a")).toString(),
            "ETCDCTL_CACERT", access.ca().toString(),
            "ETCDCTL_CERT", access.cert().toString(),
            "ETCDCTL_KEY", access.key().toString());
    String environment =
        settings.entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining(" "));
    String line = environment + " " + lab.bin().resolve("etcdctl") + " " + command;
    return new Ran(0, Exec.ok("sh", "-c", line));
  }
}
