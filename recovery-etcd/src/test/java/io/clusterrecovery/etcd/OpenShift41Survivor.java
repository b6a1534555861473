package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Poll;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.LabHost;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A master of OpenShift 4.1 that loses quorum to members that never come. */
final class OpenShift41Survivor implements AutoCloseable {
  static final String NAME = "etcd-member-master-0";
  static final URI PEER = URI.create("https://etcd-0.lab.test:2380");
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final EtcdLab lab;
  private final LabHost host;
  private final SshHost ssh;
  private final Path snapshot;
  private final GhostVoter ghost;

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

  /** Waits until etcd runs with the two members that it had before a restore. */
  void awaitOldEtcd() {
    Wait wait = Wait.named("etcd as it was", LIMIT);
    RunContext.standalone()
        .await(
            wait,
            () -> {
              String running = host.script("pgrep -x etcd; true").orThrow();
              return running.isEmpty() ? Poll.<String>notYet("none") : Poll.done(running);
            });
  }

  @Override
  public void close() {
    ssh.close();
    lab.close();
  }
}
