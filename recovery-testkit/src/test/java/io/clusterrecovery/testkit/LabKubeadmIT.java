package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LabKubeadmIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @Test
  void lab_ofOneHostMadeByKubeadm_runsStaticPodsAndLeavesTheMachineAsItWas() {
    MachineState before = MachineState.look();

    String id;
    try (Lab lab = Lab.builder().hosts("master-0").kubeadm(true).aws(false).start()) {
      id = lab.id();
      assertThat(pods(lab))
          .containsExactly(
              "etcd-master-0 Running",
              "kube-apiserver-master-0 Running",
              "kube-controller-manager-master-0 Running",
              "kube-scheduler-master-0 Running");
      assertThat(lab.host("master-0").run("sh", "-c", "command -v etcd etcdctl etcdutl").out())
          .isEmpty();
      lab.host("master-0").powerOff();
      lab.host("master-0").boot();
      Await.until(
          "the API is back after a reboot", LIMIT, () -> lab.host("master-0").answers(6443));
    }

    LabTraces.assertNone(id);
    assertThat(before.differences(MachineState.look())).isEmpty();
  }

  @Test
  @Tag("full")
  void lab_ofThreeHostsMadeByKubeadm_takesAnotherWhenItsCertificatesAreApproved() {
    String id;
    try (Lab lab = Lab.builder().hosts("master-0", "master-1", "master-2").kubeadm(true).start()) {
      id = lab.id();
      LabHost host = lab.create("master-3");
      lab.startJoin(host, lab.host("master-0"));
      Await.until("its kubelet asks for a certificate", LIMIT, () -> !pending(lab).isEmpty());
      kubectl(lab, "certificate", "approve", pending(lab));
      lab.awaitJoined(host);

      assertThat(kubectl(lab, "get", "nodes", "-o", "name").lines()).hasSize(4);
      Await.until("its etcd runs", LIMIT, () -> pods(lab).contains("etcd-master-3 Running"));
    }
    LabTraces.assertNone(id);
  }

  private static List<String> pods(Lab lab) {
    String columns = "custom-columns=NAME:.metadata.name,PHASE:.status.phase";
    return kubectl(lab, "get", "pods", "-n", "kube-system", "--no-headers", "-o", columns)
        .lines()
        .map(line -> line.replaceAll("\\s+", " "))
        .toList();
  }

  private static String pending(Lab lab) {
    return kubectl(
        lab,
        "get",
        "csr",
        "-o",
        "go-template={{range .items}}{{if not"
            + " .status.conditions}}{{.metadata.name}}{{end}}{{end}}");
  }

  private static String kubectl(Lab lab, String... arguments) {
    List<String> argv =
        new ArrayList<>(
            List.of(lab.bin().resolve("kubectl").toString(), "--kubeconfig=" + lab.kubeconfig()));
    argv.addAll(List.of(arguments));
    return Exec.run(LIMIT, new byte[0], argv).orThrow();
  }
}
