package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostSeedTest {
  @TempDir Path root;

  @Test
  void secret_inANewFolder_isItsOwnersInAFolderForAll() throws Exception {
    new HostSeed(root).secret("/etc/some/key", "text");

    assertThat(permissions("etc/some/key")).isEqualTo("rw-------");
    assertThat(permissions("etc/some")).isEqualTo("rwxr-xr-x");
  }

  @Test
  void template_withValues_leavesNoPlaceholder() {
    Map<String, String> values =
        Map.of("NAME", "master-0", "ADDRESS", "10.0.0.1", "ETCD_SERVERS", "https://etcd");

    new HostSeed(root).template("/unit", "host/kube-apiserver.service", values);

    assertThat(root.resolve("unit"))
        .content()
        .contains("--advertise-address=10.0.0.1", "--etcd-servers=https://etcd")
        .doesNotContainPattern("@[A-Z_]+@");
  }

  @Test
  void mask_unit_leadsNowhere() throws Exception {
    new HostSeed(root).mask("getty.target");

    assertThat(Files.readSymbolicLink(root.resolve("etc/systemd/system/getty.target")))
        .isEqualTo(Path.of("/dev/null"));
  }

  @Test
  void founding_threeMembers_namesThemAllByTheZone() {
    LabMember own = new LabMember("master-1", "10.0.0.11", 1);
    HostSeed seed = new HostSeed(root);

    EtcdSeed.founding(seed, java.util.List.of(new LabMember("master-0", "10.0.0.10", 0), own), own);

    assertThat(root.resolve("etc/etcd/etcd.env"))
        .content()
        .contains(
            "ETCD_NAME=master-1",
            "ETCD_LISTEN_PEER_URLS=https://10.0.0.11:2380",
            "ETCD_INITIAL_ADVERTISE_PEER_URLS=https://etcd-1.lab.test:2380",
            "ETCD_INITIAL_CLUSTER=master-0=https://etcd-0.lab.test:2380,"
                + "master-1=https://etcd-1.lab.test:2380");
  }

  private String permissions(String path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(path)));
  }
}
