package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Poll;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.LabBuilder;
import io.clusterrecovery.testkit.LabHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A control plane of one host that kubeadm made, which loses quorum to members that never come. */
final class KubeadmSurvivor implements AutoCloseable {
  /** What a restore that was rolled back must not leave. */
  private static final String LEFT =
      """
      find /var/lib/cluster-recovery -mindepth 2 \
        ! -name begun ! -name undone ! -path '*/etcd-restored-undone-*'
      find /var/lib/etcd -mindepth 1 -maxdepth 1 ! -name member \
        ! -path '/var/lib/etcd/recovery-*'
      find /etc/kubernetes/manifests -name '.*.part'
      true
      """;

  /** A static pod that has nothing to do with the control plane. */
  private static final String CANARY =
      """
      image=$(sed -n 's/^ *image: //p' /var/lib/cluster-recovery/*/manifests/etcd.yaml | head -n 1)
      cat > /etc/kubernetes/manifests/canary.yaml <<EOF
      apiVersion: v1
      kind: Pod
      metadata: {name: canary, namespace: kube-system}
      spec:
        hostNetwork: true
        containers:
        - name: canary
          image: $image
          imagePullPolicy: IfNotPresent
          command: [etcd, --name=canary, --data-dir=/canary,
            "--listen-client-urls=http://127.0.0.1:24790",
            "--advertise-client-urls=http://127.0.0.1:24790",
            "--listen-peer-urls=http://127.0.0.1:24800"]
      EOF
      """;

  private final EtcdLab lab;
  private final LabHost host;
  private final SshHost ssh;
  private final Path snapshot;
  private final String manifests;
  private final GhostVoter ghost;

  private KubeadmSurvivor(EtcdLab lab, Path folder) {
    this.lab = lab;
    this.host = lab.lab.host("master-0");
    this.ssh = lab.ssh(host);
    this.ghost = new GhostVoter(lab, host);
    this.snapshot = folder.resolve("snapshot.db");
    this.manifests = manifests();
  }

  static KubeadmSurvivor start(Path folder) {
    return new KubeadmSurvivor(EtcdLab.byKubeadm(version(), "master-0"), folder);
  }

  /** The version of etcd that the tests are run with. */
  static String version() {
    return Optional.ofNullable(System.getenv("LAB_ETCD")).orElse(LabBuilder.ETCD_VERSION);
  }

  LabHost host() {
    return host;
  }

  SshHost ssh() {
    return ssh;
  }

  KubeadmObjects objects() {
    return new KubeadmObjects(lab.lab);
  }

  Path etcdutl() {
    return lab.lab.bin().resolve("etcdutl");
  }

  Path snapshot() {
    return snapshot;
  }

  void save() throws Exception {
    etcdctl("snapshot", "save", snapshot.toString());
  }

  /** One of two voters is no majority. */
  void loseQuorum() throws Exception {
    ghost.add();
  }

  void markOldData() {
    host.script("echo old > /var/lib/etcd/member/old-data").orThrow();
  }

  String etcdctl(String... arguments) throws Exception {
    return lab.etcdctl(List.of(host), arguments);
  }

  QuorumRestorerBuilder restorer(RemoteHost on, Path tool) {
    return restorer(on, KubeadmStaticPods.ofHost().tools(tool));
  }

  QuorumRestorerBuilder restorer(RemoteHost on, KubeadmStaticPods method) {
    return settings(on, method).fromSnapshot(snapshot);
  }

  QuorumRestorerBuilder ownDataRestorer(RemoteHost on) {
    return settings(on, KubeadmStaticPods.ofHost()).fromOwnData();
  }

  private QuorumRestorerBuilder settings(RemoteHost on, KubeadmStaticPods method) {
    return ghost.lostIn(
        QuorumRestorer.on(on)
            .oldMembersWatch(Duration.ofMillis(1))
            .safetySnapshotsIn(snapshot.resolveSibling("safety"))
            .etcd(lab.cluster(host))
            .member("master-0", EtcdLab.peer(host))
            .method(method));
  }

  /** Data, manifests and kubelet are as before the restore, and its etcd runs again. */
  void assertAsBefore() {
    assertThat(host.script("cat /var/lib/etcd/member/old-data").orThrow()).isEqualTo("old");
    assertThat(host.script("stat -c '%a %u' /var/lib/etcd/member").orThrow()).isEqualTo("700 0");
    assertThat(manifests()).isEqualTo(manifests);
    assertThat(host.script("systemctl is-active kubelet; true").orThrow()).isEqualTo("active");
    assertThat(host.script(LEFT).orThrow()).isEmpty();
    Wait wait = Wait.named("etcd as it was", Duration.ofMinutes(3));
    assertThat(RunContext.standalone().await(wait, this::runs)).isNotEmpty();
    assertThat(membersInItsData()).isEqualTo(2);
  }

  void placeCanary() {
    host.script(CANARY).orThrow();
  }

  /** Once it runs, the kubelet has looked at what manifests there are. */
  void awaitCanary() {
    Wait wait = Wait.named("canary runs", Duration.ofMinutes(3));
    assertThat(RunContext.standalone().await(wait, this::canary)).isNotEmpty();
  }

  private Poll<String> canary() {
    String found = host.script("pgrep -f -- '^etcd --name=canary'; true").orThrow();
    return found.isEmpty() ? Poll.notYet("it does not") : Poll.done(found);
  }

  private int membersInItsData() {
    try {
      return OwnData.read(ssh, "/var/lib/etcd").members().size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Poll<String> runs() {
    String line = host.script("tr '\\0' ' ' < /proc/$(pgrep -x etcd)/cmdline; true").orThrow();
    return line.contains("--name=master-0") && !line.contains("force-new-cluster")
        ? Poll.done(line)
        : Poll.notYet(line);
  }

  private String manifests() {
    return host.script("cd /etc/kubernetes/manifests && cksum *; stat -c '%n %a %u' *").orThrow();
  }

  @Override
  public void close() {
    ssh.close();
    lab.close();
  }
}
