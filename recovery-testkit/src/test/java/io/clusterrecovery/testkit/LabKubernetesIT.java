package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabKubernetesIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @TempDir Path folder;

  @Test
  void lab_withKubernetes_isWholeTakesAnotherHostAndLeavesTheMachineAsItWas() {
    MachineState before = MachineState.look();

    String id;
    try (Lab lab = threeMasters()) {
      id = lab.id();
      checkFromOutside(lab);
      checkZoneAndPeers(lab);
      checkAnotherHost(lab);
    }

    LabTraces.assertNone(id);
    assertThat(before.differences(MachineState.look())).isEmpty();
  }

  private static Lab threeMasters() {
    return Lab.builder().hosts("master-0", "master-1", "master-2").kubernetes(true).start();
  }

  private void checkFromOutside(Lab lab) {
    Path env = folder.resolve("lab.env");
    lab.writeEnv(env, Map.of("LAB_SURVIVOR", "it's master-0"));

    String nodes = "kubectl get nodes --no-headers | awk '{print $1, $2}'";
    assertThat(sourced(lab, env, nodes).lines())
        .containsExactly("master-0 Ready", "master-1 Ready", "master-2 Ready");
    assertThat(sourced(lab, env, "kubectl get csr --no-headers | grep -c 'Approved,Issued'"))
        .isEqualTo("6");
    assertThat(sourced(lab, env, "etcdctl endpoint health 2>&1 | grep -c 'is healthy'"))
        .isEqualTo("3");
    assertThat(sourced(lab, env, "printf %s \"$LAB_SURVIVOR\"")).isEqualTo("it's master-0");
    assertThat(sourced(lab, env, "ssh -F $LAB_SSH_CONFIG master-2 hostname")).isEqualTo("master-2");
  }

  private static void checkZoneAndPeers(Lab lab) {
    LabHost master = lab.host("master-0");
    assertThat(master.run("dig", "+short", "etcd-1.lab.test").orThrow())
        .isEqualTo(lab.host("master-1").address());
    assertThat(master.run("dig", "+short", "SRV", "_etcd-server-ssl._tcp.lab.test").orThrow())
        .contains("etcd-0.lab.test.", "etcd-1.lab.test.", "etcd-2.lab.test.");
    assertThat(master.run("cat", "/etc/etcd/etcd.env").orThrow())
        .contains("master-2=https://etcd-2.lab.test:2380");
  }

  private static void checkAnotherHost(Lab lab) {
    LabHost host = lab.create("master-3");

    assertThat(host.run("systemctl", "is-active", "etcd").out()).isEqualTo("inactive\n");
    assertThat(host.run("cat", "/etc/etcd/etcd.env").orThrow())
        .contains("ETCD_NAME=master-3")
        .doesNotContain("INITIAL_CLUSTER");
    Await.until("its kubelet asks for a certificate", LIMIT, () -> pending(lab).equals("1"));
    Await.until("its API server is up", LIMIT, () -> host.answers(6443));
  }

  private static String pending(Lab lab) {
    String command =
        "kubectl get csr --no-headers | grep kube-apiserver-client-kubelet | grep -c Pending";
    List<String> argv =
        List.of(
            "env",
            "KUBECONFIG=" + lab.kubeconfig(),
            "PATH=" + lab.bin() + ":/usr/bin:/bin",
            "sh",
            "-c",
            command);
    return Exec.run(LIMIT, new byte[0], argv).out().strip();
  }

  /** What somebody sees who works with the lab from the machine's own namespace. */
  private static String sourced(Lab lab, Path env, String command) {
    return Exec.ok(
        "nsenter",
        MachineState.entering().get(1),
        "sh",
        "-c",
        "set -a; . " + env + "; " + lab.enter() + " sh -c '" + command.replace("'", "'\\''") + "'");
  }
}
