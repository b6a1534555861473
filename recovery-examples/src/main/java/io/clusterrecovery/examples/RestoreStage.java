package io.clusterrecovery.examples;

import io.clusterrecovery.RunContext;
import io.clusterrecovery.Upload;
import io.clusterrecovery.etcd.QuorumRestorer;
import io.clusterrecovery.etcd.SystemdEtcd;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabBuilder;
import io.clusterrecovery.testkit.LabHost;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** One of three etcd members is left, with a large database; it is restored again and again. */
final class RestoreStage implements AutoCloseable {
  private static final String PROVEN = "/root/proven.db";
  private static final Duration ANY_AGE = Duration.ofDays(36_500);

  private static final String RESET =
      """
      systemctl stop etcd
      rm -rf /var/lib/etcd /var/lib/etcd-old /var/lib/cluster-recovery
      cp -a /root/saved /var/lib/etcd && sync && systemctl start --no-block etcd
      """;

  private static final String WITHOUT_SHA = "export GODEBUG=cpu.sha=off\n";

  private static final String BY_HAND =
      """
      . /etc/etcd/etcd.env
      etcdutl snapshot restore %s --data-dir /var/lib/etcd-new \
        --name "$ETCD_NAME" --initial-cluster "$ETCD_NAME=$ETCD_INITIAL_ADVERTISE_PEER_URLS" \
        --initial-cluster-token by-hand \
        --initial-advertise-peer-urls "$ETCD_INITIAL_ADVERTISE_PEER_URLS" || exit 1
      systemctl stop etcd
      mv /var/lib/etcd /var/lib/etcd-old && mv /var/lib/etcd-new /var/lib/etcd || exit 1
      systemctl start etcd
      """
          .formatted(PROVEN);

  private final Lab lab;
  private final LabHost survivor;
  private final LabTools tools;
  private final SshHost ssh;
  private final Tool etcdctl;
  private final Path snapshot;

  private RestoreStage(Lab lab) {
    this.lab = lab;
    this.survivor = lab.host("a");
    this.tools = new LabTools(lab);
    this.ssh = tools.ssh(survivor);
    this.etcdctl = tools.etcdctl(List.of(survivor));
    this.snapshot = lab.directory().resolve("snapshot.db");
  }

  static RestoreStage open(Path file, Consumer<String> tell) {
    Lab lab =
        Lab.builder().hosts("a", "b", "c").etcd(LabBuilder.ETCD_VERSION).etcdRunning(false).start();
    RestoreStage stage = new RestoreStage(lab);
    try {
      tell.accept("giving two of three members the snapshot's content");
      stage.fill(file);
      tell.accept("taking the cluster's own snapshot, and losing two of three");
      stage.lose();
      return stage;
    } catch (RuntimeException e) {
      stage.close();
      throw e;
    }
  }

  private void fill(Path file) {
    SnapshotContent content = new SnapshotContent(file);
    for (LabHost host : List.of(survivor, lab.host("b"))) {
      try (SshHost to = tools.ssh(host)) {
        content.found(host, to);
      }
    }
    SnapshotContent.awaitServing(survivor);
  }

  private void lose() {
    etcdctl.run("snapshot", "save", snapshot.toString());
    survivor.script("systemctl stop etcd; cp -a /var/lib/etcd /root/saved").orThrow();
    lab.host("b").powerOff();
    lab.host("c").powerOff();
  }

  double ours() {
    survivor.script(RESET).orThrow();
    RunSpan span = RunSpan.ofRestore();
    RunContext.builder().listener(span).build().carryOut(restorer());
    return span.seconds();
  }

  /** As for the SDK, the file has just come over the line, which keeps a disk busy for a while. */
  double byHand(boolean sha) {
    survivor.script(RESET + "rm -f " + PROVEN).orThrow();
    ssh.upload(Upload.of(snapshot, PROVEN), progress -> {});
    long start = System.nanoTime();
    survivor.script(sha ? BY_HAND : WITHOUT_SHA + BY_HAND).orThrow();
    etcdctl.run("get", "any");
    return (System.nanoTime() - start) / 1e9;
  }

  private QuorumRestorer restorer() {
    String peer =
        survivor
            .script(". /etc/etcd/etcd.env; echo \"$ETCD_INITIAL_ADVERTISE_PEER_URLS\"")
            .orThrow()
            .strip();
    return QuorumRestorer.on(ssh)
        .etcd(tools.etcd(survivor))
        .fromSnapshot(snapshot)
        .acceptSnapshotAge(ANY_AGE)
        .acceptMemberListOfSnapshot()
        .withoutSafetySnapshots()
        .oldMembersWatch(Duration.ofMillis(1))
        .member("a", URI.create(peer))
        .lost("b", "c")
        .method(SystemdEtcd.unit("etcd"))
        .build();
  }

  @Override
  public void close() {
    ssh.close();
    lab.close();
  }
}
