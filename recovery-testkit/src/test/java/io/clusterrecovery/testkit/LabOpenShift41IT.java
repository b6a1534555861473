package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LabOpenShift41IT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String RELEASE =
      "https://storage.googleapis.com/etcd/v3.3.10/etcd-v3.3.10-linux-amd64.tar.gz";

  @Test
  @Tag("full")
  void lab_ofOneMasterOfOpenShift41_offersWhatTheRecoveryScriptsCall() {
    String id;
    try (Lab lab = Lab.builder().hosts("master-0").openShift41(true).aws(false).start()) {

      id = lab.id();
      LabHost master = lab.host("master-0");

      assertThat(master.run("cat", "/run/etcd/environment").orThrow())
          .contains("ETCD_IPV4_ADDRESS=" + master.address() + "\n")
          .contains("ETCD_DNS_NAME=etcd-0.lab.test\n");
      assertThat(etcdctl(master, "member", "list"))
          .contains("started, etcd-member-master-0, https://etcd-0.lab.test:2380");
      assertThat(
              master.run("crictl", "pods", "-name", "etcd-member", "--state", "Ready", "-q").out())
          .matches("[0-9a-f]{64}\n");
      assertThat(master.run("crictl", "ps", "-q").out().lines()).hasSize(4);
      assertThat(
              master
                  .script("curl -s -L -o /tmp/e.tar.gz " + RELEASE + "\ntar -tzf /tmp/e.tar.gz")
                  .out())
          .isEqualTo("etcd-v3.3.10-linux-amd64/etcd\netcd-v3.3.10-linux-amd64/etcdctl\n");
      assertThat(imageOf(master, "kube-client-agent"))
          .isEqualTo("quay.lab.test/openshift/kube-client-agent:4.1");

      String stopped = master.run("crictl", "ps", "--name", "etcd-member", "-q").orThrow().strip();
      assertThat(master.run("crictl", "stop", stopped).orThrow()).isEqualTo(stopped);
      Await.until("the kubelet has started etcd again", LIMIT, () -> runsAnother(master, stopped));
    }
    LabTraces.assertNone(id);
  }

  private static boolean runsAnother(LabHost master, String stopped) {
    String now = master.run("crictl", "ps", "--name", "etcd-member", "-q").out().strip();
    return !now.isEmpty() && !now.equals(stopped);
  }

  private static String imageOf(LabHost master, String name) {
    return master
        .script(
            """
            export KUBECONFIG=/etc/kubernetes/admin.conf
            oc adm release info --image-for %s --registry-config=/var/lib/kubelet/config.json
            """
                .formatted(name))
        .orThrow();
  }

  private static String etcdctl(LabHost master, String... arguments) {
    return master
        .script(
            """
            cd /etc/kubernetes/static-pod-resources/kube-apiserver-pod-1
            ETCDCTL_API=3 /usr/local/lib/lab-etcd/etcdctl --cacert=configmaps/etcd-serving-ca/ca-bundle.crt \
              --cert=secrets/etcd-client/tls.crt --key=secrets/etcd-client/tls.key %s
            """
                .formatted(String.join(" ", arguments)))
        .orThrow();
  }
}
