package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.LabHost;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The one of three hosts with etcd under systemd that is left; its old data is marked. */
final class SystemdSurvivor implements AutoCloseable {
  private final EtcdLab lab;
  private final LabHost host;
  private final SshHost ssh;
  private final Path snapshot;

  private SystemdSurvivor(EtcdLab lab, Path folder) {
    this.lab = lab;
    this.host = lab.lab.host("a");
    this.ssh = lab.ssh(host);
    this.snapshot = folder.resolve("snapshot.db");
  }

  /** Loses two of three; etcd is stopped, and its data saved. */
  static SystemdSurvivor ofThree(Path folder) throws Exception {
    SystemdSurvivor survivor = new SystemdSurvivor(EtcdLab.of("a", "b", "c"), folder);
    survivor.loseTwo();
    return survivor;
  }

  private void loseTwo() throws Exception {
    lab.etcdctl(List.of(host), "put", "/before", "v");
    lab.etcdctl(List.of(host), "snapshot", "save", snapshot.toString());
    List.of("b", "c").forEach(name -> lab.lab.host(name).powerOff());
    host.script("systemctl stop etcd && cp -a /var/lib/etcd /root/saved").orThrow();
  }

  /** Brings back the data of before the restore, without quorum. */
  void loseQuorumAgain() throws Exception {
    lab.loseQuorumAgain(
        host, "cp -a /root/saved /var/lib/etcd && echo old > /var/lib/etcd/member/old-data");
  }

  EtcdLab lab() {
    return lab;
  }

  LabHost host() {
    return host;
  }

  SshHost ssh() {
    return ssh;
  }

  void assertOldDataServes() {
    assertOldData();
    assertThat(host.script("systemctl is-active etcd; true").orThrow())
        .isIn("active", "activating");
  }

  void assertOldData() {
    assertThat(host.script("cat /var/lib/etcd/member/old-data").orThrow()).isEqualTo("old");
  }

  /** A restore on that host, by whatever stands between. */
  QuorumRestorerBuilder restorer(RemoteHost on) {
    return restorer(on, SystemdEtcd.unit("etcd"));
  }

  QuorumRestorerBuilder restorer(RemoteHost on, SystemdEtcd method) {
    return QuorumRestorer.on(on)
        .oldMembersWatch(Duration.ofMillis(1))
        .withoutSafetySnapshots()
        .etcd(lab.cluster(host))
        .fromSnapshot(snapshot)
        .member("a", URI.create("https://etcd-0.lab.test:2380"))
        .lost("b", "c")
        .method(method);
  }

  @Override
  public void close() {
    ssh.close();
    lab.close();
  }
}
