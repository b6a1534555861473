package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.LabBuilder;
import io.clusterrecovery.testkit.LabHost;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A control plane of one host that kubeadm made loses quorum to a member that never comes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class KubeadmStaticPodsIT {
  /** Manifests by content, data by inode, and the etcd that runs. The others die without it. */
  private static final String STATE =
      """
      cksum /etc/kubernetes/manifests/*
      stat -c '%n %i %a %u' /var/lib/etcd /var/lib/etcd/member
      find /var/lib/cluster-recovery | sort
      pgrep -x etcd
      """;

  private EtcdLab lab;
  private LabHost host;
  private SshHost ssh;
  private KubeadmObjects objects;
  private Path snapshot = Path.of("unset");
  private String ghost = "unset";

  @BeforeAll
  void makeCluster(@TempDir Path folder) throws Exception {
    lab = EtcdLab.byKubeadm(version(), "master-0");
    host = lab.lab.host("master-0");
    ssh = lab.ssh(host);
    objects = new KubeadmObjects(lab.lab);
    snapshot = folder.resolve("snapshot.db");
    objects.create("before");
    lab.etcdctl(List.of(host), "snapshot", "save", snapshot.toString());
    objects.create("after");
  }

  @AfterAll
  void stop() {
    ssh.close();
    lab.close();
  }

  @Test
  @Order(1)
  void restore_quorumIsThere_isRefused() {
    assertRefused(fromSnapshot(), Code.QUORUM_IS_THERE);
  }

  @Test
  @Order(1)
  void rehearse_withTheEtcdOfThePod_givesWhatWasInspectedAndTouchesNothing() {
    String before = state();
    Snapshot inspected = Snapshot.inspect(snapshot);

    RehearsalResult rehearsed =
        SnapshotRehearsal.on(ssh)
            .fromSnapshot(snapshot)
            .tools(lab.lab.bin().resolve("etcdutl"))
            .build()
            .rehearse();

    assertThat(rehearsed.keys()).isEqualTo(inspected.contents().keys());
    assertThat(rehearsed.server()).contains(version());
    assertThat(state()).isEqualTo(before);
  }

  @Test
  @Order(2)
  void restore_hostWithoutATool_isRefused() throws Exception {
    ghost = loseQuorum();

    assertRefused(fromSnapshot(), Code.QUORUM_UNKNOWN);
    assertRefused(
        settings(KubeadmStaticPods.ofHost()).fromSnapshot(snapshot).lost(ghost), Code.TOOL_MISSING);
  }

  @Test
  @Order(3)
  void restore_fromSnapshot_givesItsContentByNewContainers() throws Exception {
    String manifests = host.script("cksum /etc/kubernetes/manifests/*").orThrow();
    List<String> containers = containers();
    QuorumRestorer restorer = fromSnapshot().lost(ghost).build();
    Plan accepted = restorer.plan();

    RestoreResult restored = restorer.restore(accepted);

    assertThat(restored.changed()).hasSize(9);
    assertAlone();
    assertThat(host.script("cksum /etc/kubernetes/manifests/*").orThrow()).isEqualTo(manifests);
    assertThat(containers()).hasSize(4).doesNotContainAnyElementsOf(containers);
    objects.awaitNames("before");
    assertThat(host.script("cat /var/lib/cluster-recovery/*/etcd-data-1/manifest").orThrow())
        .contains("from=/var/lib/etcd/member", "mode=700");
    assertThat(
            host.script("cd /var/lib/cluster-recovery && find . -type f | sort").orThrow().lines())
        .allMatch(file -> file.matches(".*/(etcd-data-1/.*|restore\\.json|begun)"));
  }

  @Test
  @Order(4)
  void restore_again_changesNothingAndSaysSo() {
    String before = state();

    QuorumRestorer again = fromSnapshot().lost(ghost).build();
    RestoreResult second = again.restore();

    assertThat(again.plan().satisfied()).isTrue();
    assertThat(again.plan().toString()).contains("already restored");
    assertThat(second.changed()).isEmpty();
    assertThat(state()).isEqualTo(before);
  }

  @Test
  @Order(5)
  void restore_fromOwnData_keepsAllOfItAndRemovesTheFlag() throws Exception {
    objects.create("later");
    String manifests = host.script("cksum /etc/kubernetes/manifests/*").orThrow();
    ghost = loseQuorum();
    QuorumRestorer restorer = fromOwnData().lost(ghost).build();

    RestoreResult restored = restorer.restore();

    assertThat(restored.changed()).hasSize(6);
    assertAlone();
    assertThat(host.script("cksum /etc/kubernetes/manifests/*").orThrow()).isEqualTo(manifests);
    assertThat(host.script("pgrep -f -- '^etcd.*--force-new' || true").orThrow()).isEmpty();
    objects.awaitNames("before", "later");
    assertThat(host.script("cat /var/lib/cluster-recovery/*/etcd-data-1/manifest").orThrow())
        .contains("what=copy of the etcd data directory");
    assertThat(fromOwnData().lost(ghost).build().restore().changed()).isEmpty();
  }

  static String version() {
    String given = System.getenv("LAB_ETCD");
    return given == null ? LabBuilder.ETCD_VERSION : given;
  }

  /** A second voter that never starts: one of two is no majority. */
  private String loseQuorum() throws Exception {
    String added =
        lab.etcdctl(List.of(host), "member", "add", "ghost", "--peer-urls=https://10.0.0.99:2380");
    return added.replaceAll("(?s)^Member +([0-9a-f]+) added.*", "$1");
  }

  private void assertAlone() throws Exception {
    assertThat(lab.etcdctl(List.of(host), "member", "list"))
        .hasLineCount(1)
        .contains(", started, master-0, " + peerUrl());
  }

  private List<String> containers() {
    String listed =
        host.script(
                "for p in $(pgrep -x etcd; pgrep -f '^kube-'); do"
                    + " grep -oE '[0-9a-f]{64}' /proc/$p/cgroup | head -n 1; done")
            .orThrow();
    return listed.lines().toList();
  }

  private RefusedException assertRefused(QuorumRestorer.Builder settings, Code code) {
    String before = state();
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> settings.build().restore());
    assertThat(refused).as(code.toString()).isNotNull();
    assertThat(refused.code()).as(refused.getMessage()).isEqualTo(code);
    assertThat(state()).isEqualTo(before);
    return refused;
  }

  private String state() {
    return host.script(STATE + "true").orThrow();
  }

  private QuorumRestorer.Builder fromSnapshot() {
    return settings(KubeadmStaticPods.ofHost().tools(lab.lab.bin().resolve("etcdutl")))
        .fromSnapshot(snapshot);
  }

  private QuorumRestorer.Builder fromOwnData() {
    return settings(KubeadmStaticPods.ofHost()).fromOwnData();
  }

  private QuorumRestorer.Builder settings(KubeadmStaticPods method) {
    return QuorumRestorer.on(ssh)
        .etcd(lab.cluster(host))
        .member("master-0", URI.create(peerUrl()))
        .method(method);
  }

  private String peerUrl() {
    return "https://" + host.address() + ":2380";
  }
}
