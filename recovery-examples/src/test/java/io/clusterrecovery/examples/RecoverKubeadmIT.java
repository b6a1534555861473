package io.clusterrecovery.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabExtension;
import io.clusterrecovery.testkit.LabHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** With a cluster that kubeadm has made. */
@Tag("full")
class RecoverKubeadmIT {
  @RegisterExtension
  static final LabExtension LAB =
      LabExtension.of(Lab.builder().hosts("master-0", "master-1").kubeadm(true).aws(false));

  @TempDir Path dir;

  @Test
  void main_oneOfTwoMastersIsLost_anotherOneServesBesideTheSurvivor(Lab lab) throws IOException {
    LabHost survivor = lab.host("master-0");
    LabHost fresh = lab.create("master-2");
    Path join = Files.writeString(dir.resolve("join"), lab.joinConfiguration(fresh, survivor));
    LabTools tools = new LabTools(lab);
    Path snapshot = dir.resolve("snapshot.db");
    tools.etcdctl(List.of(survivor)).run("snapshot", "save", snapshot.toString());
    lab.host("master-1").powerOff();

    RecoverKubeadm.main(
        new LabSettings(lab, dir)
            .with("new=master-2", "join=" + join, "etcdutl=" + lab.bin().resolve("etcdutl")));

    assertThat(tools.etcdctl(List.of(survivor)).run("member", "list").lines())
        .hasSize(2)
        .anyMatch(line -> line.contains("started, master-2"));
    assertThat(tools.kubectl(survivor).run("get", "nodes", "--no-headers").lines())
        .hasSize(2)
        .allMatch(line -> line.contains(" Ready "));
  }
}
