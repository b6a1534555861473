package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.LabHost;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a real host says of its API server's encryption, and of its own etcd data. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostEncryptionLookIT {
  private static final String MANIFEST = "/etc/kubernetes/manifests/kube-apiserver.yaml";

  private EtcdLab lab;
  private LabHost host;
  private SshHost ssh;

  @BeforeAll
  void boot() {
    lab = EtcdLab.of("a");
    host = lab.lab.host("a");
    ssh = lab.ssh(host);
  }

  @AfterAll
  void stop() {
    ssh.close();
    lab.close();
  }

  @AfterEach
  void clean() {
    host.script(
            """
            systemctl stop vault.socket pretended-server 2>/dev/null
            rm -rf /etc/kubernetes/manifests /etc/kubernetes/enc.yaml /run/vault.sock
            """)
        .orThrow();
  }

  @Test
  void of_hostWithoutApiServer_saysSo() {
    assertThat(HostEncryptionLook.of(ssh)).isEqualTo(new HostEncryption.NoApiServer());
  }

  @Test
  void of_manifestWithoutFlag_isNone() {
    manifest("--etcd-servers=https://127.0.0.1:2379");

    assertThat(HostEncryptionLook.of(ssh)).isEqualTo(new HostEncryption.None());
  }

  @Test
  void of_manifestWithFlag_readsTheFileAndAsksTheSocket() {
    manifest("--encryption-provider-config=/etc/kubernetes/enc.yaml");
    assertThat(HostEncryptionLook.of(ssh)).isInstanceOf(HostEncryption.Unread.class);
    configuration();

    assertThat(read().silent()).containsExactly("vault");
    assertThat(read().config().keys()).containsExactly("aescbc:key1");

    host.run("touch", "/run/vault.sock").orThrow();
    assertThat(read().silent()).as("a file is no socket").containsExactly("vault");
    listen();
    assertThat(read().silent()).isEmpty();
    assertThat(read().config().plugins()).isEqualTo(Map.of("vault", "unix:///run/vault.sock"));
  }

  @Test
  void of_runningProcess_isFound() {
    configuration();
    host.script(
            """
            systemd-run --unit=pretended-server bash -c \
              'exec -a /usr/local/bin/kube-apiserver bash -c "sleep 300; true" server \
                --encryption-provider-config=/etc/kubernetes/enc.yaml'
            """)
        .orThrow();

    assertThat(read().file()).isEqualTo("/etc/kubernetes/enc.yaml");
  }

  @Test
  void read_ownDataOfARunningEtcd_saysWhatItsClientSays() throws Exception {
    lab.etcdctl(java.util.List.of(host), "put", "/a", "b");
    lab.etcdctl(java.util.List.of(host), "defrag");

    OwnData data = OwnData.read(ssh, SystemdEtcd.unit("etcd").dataDirectory(ssh).orElseThrow());

    URI endpoint = lab.lab.etcd().endpoint(host);
    EtcdCluster cluster =
        EtcdCluster.at(endpoint)
            .tls(lab.lab.etcd().ca(), lab.lab.etcd().cert(), lab.lab.etcd().key())
            .callLimit(Duration.ofSeconds(30))
            .build();
    try (EtcdClient client = cluster.connect(endpoint)) {
      assertThat(data.members()).isEqualTo(client.members());
      assertThat(data.revision()).isEqualTo(client.status().revision());
    }
  }

  private HostEncryption.Read read() {
    return (HostEncryption.Read) HostEncryptionLook.of(ssh);
  }

  private void manifest(String flag) {
    host.script(
            "mkdir -p /etc/kubernetes/manifests && printf '    - %s\\n' '"
                + flag
                + "' > "
                + MANIFEST)
        .orThrow();
  }

  private void configuration() {
    host.script(
            """
            mkdir -p /etc/kubernetes && cat > /etc/kubernetes/enc.yaml <<'END'
            kind: EncryptionConfiguration
            resources:
            - resources: [secrets]
              providers:
              - aescbc: {keys: [{name: key1, secret: c2VjcmV0}]}
              - kms: {apiVersion: v2, name: vault, endpoint: "unix:///run/vault.sock"}
            END
            """)
        .orThrow();
  }

  private void listen() {
    host.script(
            """
            rm -f /run/vault.sock
            printf '[Socket]\\nListenStream=/run/vault.sock\\nAccept=yes\\n' \
              > /run/systemd/system/vault.socket
            printf '[Service]\\nExecStart=/bin/cat\\nStandardInput=socket\\n' \
              > '/run/systemd/system/vault@.service'
            systemctl daemon-reload && systemctl start vault.socket
            """)
        .orThrow();
  }
}
