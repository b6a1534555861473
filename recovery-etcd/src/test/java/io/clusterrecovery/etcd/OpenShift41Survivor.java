package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Poll;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.LabHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A master of OpenShift 4.1 that loses quorum to members that never come. */
final class OpenShift41Survivor implements AutoCloseable {
  static final String NAME = "etcd-member-master-0";
  static final URI PEER = URI.create("https://etcd-0.lab.test:2380");
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** What a restore that was rolled back must not leave. */
  private static final String LEFT =
      """
      find /var/lib/cluster-recovery -mindepth 2 \
        ! -name begun ! -name undone ! -path '*/etcd-restored-undone-*' ! -path '*/assets-*'
      find /var/lib/etcd -mindepth 1 -maxdepth 1 ! -name member
      find /etc/kubernetes/manifests -name '.*.part'
      ls -d /home/core/assets 2>/dev/null
      pgrep -f '^[^ ]*bash /usr/local/bin/etcd-snapshot-restore'
      true
      """;

  /** As broken by its configuration: systemd has it started, and it ends. */
  private static final String BREAK_KUBELET =
      """
      mkdir -p /etc/systemd/system/kubelet.service.d
      printf '[Service]\\nExecStart=\\nExecStart=/bin/false\\n' \
        > /etc/systemd/system/kubelet.service.d/broken.conf
      """;

  private static final String MEND_KUBELET =
      """
      rm -f /etc/systemd/system/kubelet.service.d/broken.conf
      systemctl daemon-reload
      systemctl reset-failed kubelet
      """;

  private static final String MODES = "stat -c '%n %a %u:%g' /var/lib/etcd /var/lib/etcd/member";

  private final EtcdLab lab;
  private final LabHost host;
  private final SshHost ssh;
  private final Path snapshot;
  private final GhostVoter ghost;
  private String oldModes = "";

  private OpenShift41Survivor(EtcdLab lab, Path folder) {
    this.lab = lab;
    this.host = lab.lab.host("master-0");
    this.ssh = lab.ssh(host);
    this.ghost = new GhostVoter(lab, host);
    this.snapshot = folder.resolve("snapshot.db");
  }

  static OpenShift41Survivor start(Path folder) {
    return new OpenShift41Survivor(EtcdLab.openShift41("master-0"), folder);
  }

  LabHost host() {
    return host;
  }

  SshHost ssh() {
    return ssh;
  }

  Path snapshot() {
    return snapshot;
  }

  KubeadmObjects objects() {
    return new KubeadmObjects(lab.lab);
  }

  String etcdctl(String... arguments) throws Exception {
    return lab.etcdctl(List.of(host), arguments);
  }

  void save() throws Exception {
    etcdctl("snapshot", "save", snapshot.toString());
  }

  /** One of two voters is no majority. */
  void loseQuorum() throws Exception {
    ghost.add();
  }

  QuorumRestorerBuilder restorer(RemoteHost on, OpenShift41Scripts method) {
    return restorer(on, method, NAME, PEER);
  }

  QuorumRestorerBuilder restorer(
      RemoteHost on, OpenShift41Scripts method, String name, URI peerUrl) {
    return ghost.lostIn(
        QuorumRestorer.on(on)
            .oldMembersWatch(Duration.ofMillis(1))
            .safetySnapshotsIn(snapshot.resolveSibling("safety"))
            .etcd(lab.cluster(host))
            .member(name, peerUrl)
            .method(method)
            .fromSnapshot(snapshot));
  }

  /** Manifests by name and content. */
  String manifests() {
    return host.script("cd /etc/kubernetes/manifests && cksum *").orThrow();
  }

  void assertAlone() throws Exception {
    assertThat(etcdctl("member", "list"))
        .hasLineCount(1)
        .contains(", started, " + NAME + ", " + PEER);
  }

  /** The record of the member's name in DNS leads there from now on. */
  void recordLeadsTo(String address) {
    Path records = lab.lab.directory().resolve("services/zone.hosts");
    try {
      String others =
          Files.readString(records).replaceAll("(?m)^\\S+ \\Q" + PEER.getHost() + "\\E\n", "");
      Files.writeString(records, "%s %s\n%s".formatted(address, PEER.getHost(), others));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Wait wait = Wait.named("the resolver serves the new record", LIMIT);
    String resolved = "dig +short " + PEER.getHost();
    RunContext.standalone()
        .await(
            wait,
            () -> {
              String now = host.script(resolved).orThrow();
              return now.equals(address) ? Poll.done(now) : Poll.<String>notYet(now);
            });
  }

  /** Runs the restore script by hand, as the documentation says, and tells all it has printed. */
  String restoreByHand(String snapshotOnHost, String cluster) {
    return host.script(
            "cd /home/core && /usr/local/bin/etcd-snapshot-restore.sh %s %s 2>&1; echo exit $?"
                .formatted(snapshotOnHost, cluster))
        .orThrow();
  }

  /** The OpenSSH client's command line for running that on the host. */
  List<String> openSsh(String... arguments) {
    List<String> all = new ArrayList<>(List.of("ssh", "-n", "-F", lab.lab.sshConfig().toString()));
    all.addAll(List.of(arguments));
    return all;
  }

  void markOldData() {
    host.script("umask 077; echo old > /var/lib/etcd/member/old-data").orThrow();
    oldModes = host.script(MODES).orThrow();
  }

  /** A copy of the data of before, wherever it was, is with the run. */
  void assertOldDataIsKept() {
    String kept = "cat /var/lib/cluster-recovery/*/etcd-data-1/member/old-data";
    assertThat(host.script(kept).orThrow()).isEqualTo("old");
  }

  void breakKubelet() {
    host.script(BREAK_KUBELET).orThrow();
  }

  void mendKubelet() {
    host.script(MEND_KUBELET).orThrow();
  }

  /** A control plane of one member serves the snapshot's content, and nothing lies about. */
  void assertWhole(String manifests) throws Exception {
    objects().awaitNames("before");
    assertAlone();
    assertThat(manifests()).isEqualTo(manifests);
    assertThat(host.script("ls -A /home/core").orThrow()).doesNotContain("assets");
  }

  /** Data, manifests and kubelet are as before the restore, and its etcd runs again. */
  void assertAsBefore(String manifests) throws IOException {
    assertThat(host.script("cat /var/lib/etcd/member/old-data").orThrow()).isEqualTo("old");
    assertThat(host.script(MODES).orThrow()).isEqualTo(oldModes);
    assertThat(manifests()).isEqualTo(manifests);
    assertThat(host.script("systemctl is-active kubelet; true").orThrow()).isEqualTo("active");
    assertThat(host.script(LEFT).orThrow()).isEmpty();
    awaitEtcd();
    assertThat(OwnData.read(ssh, "/var/lib/etcd").members()).anyMatch(m -> m.name().isEmpty());
  }

  void awaitEtcd() {
    RunContext.standalone().await(Wait.named("etcd runs", LIMIT), this::runs);
  }

  private Poll<String> runs() {
    String running = host.script("pgrep -x etcd; true").orThrow();
    return running.isEmpty() ? Poll.notYet("none") : Poll.done(running);
  }

  @Override
  public void close() {
    ssh.close();
    lab.close();
  }
}
