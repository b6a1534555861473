package io.clusterrecovery.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** With masters that are set up as OpenShift 4.1 has them. */
@Tag("full")
class RecoverOpenShift41IT {
  @RegisterExtension
  static final LabExtension LAB =
      LabExtension.of(Lab.builder().hosts("master-0", "master-1").openShift41(true));

  @TempDir Path dir;

  @Test
  void main_oneOfTwoMastersIsLost_anotherOneVotesBesideTheSurvivor(Lab lab) throws IOException {
    lab.create("master-2");
    LabTools tools = new LabTools(lab);
    tools
        .etcdctl(List.of(lab.host("master-0")))
        .run("snapshot", "save", dir.resolve("snapshot.db").toString());
    lab.host("master-1").powerOff();
    LabSettings.setCredentials();
    try {
      RecoverOpenShift41.main(settings(lab));
    } finally {
      LabSettings.clearCredentials();
    }

    assertThat(tools.etcdctl(List.of(lab.host("master-0"))).run("member", "list").lines())
        .hasSize(2)
        .anyMatch(line -> line.contains("started, etcd-member-master-2"));
    assertThat(
            tools
                .kubectl(lab.host("master-0"))
                .run("get", "pods", "-n", "openshift-config", "--no-headers"))
        .isEmpty();
  }

  private String[] settings(Lab lab) throws IOException {
    return new LabSettings(lab, dir)
        .with(
            "new=master-2",
            "peer.master-0=https://etcd-0.%s:2380".formatted(lab.zone()),
            "peer.master-2=https://etcd-1.%s:2380".formatted(lab.zone()),
            "record.master-0=etcd-0",
            "record.master-2=etcd-1",
            "zone=" + lab.zoneId(),
            "dns.patience=PT0S",
            "aws.endpoint=" + lab.awsEndpoint(),
            "kubeconfig.on.host=/etc/kubernetes/admin.conf");
  }
}
