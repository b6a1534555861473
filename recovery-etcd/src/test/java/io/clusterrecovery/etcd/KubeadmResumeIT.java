package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Outcome;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.Report;
import io.clusterrecovery.Runbook;
import io.clusterrecovery.StepRef;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.LabHost;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program that dies at any change of a restore of static pods is taken up again. */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubeadmResumeIT {
  private EtcdLab lab;
  private LabHost host;
  private SshHost ssh;
  private KubeadmObjects objects;
  private Path folder = Path.of("unset");
  private Path snapshot = Path.of("unset");

  @BeforeAll
  void makeCluster(@TempDir Path temporary) throws Exception {
    folder = temporary;
    snapshot = folder.resolve("snapshot.db");
    lab = EtcdLab.byKubeadm(KubeadmStaticPodsIT.version(), "master-0");
    host = lab.lab.host("master-0");
    ssh = lab.ssh(host);
    objects = new KubeadmObjects(lab.lab);
    objects.create("before");
    lab.etcdctl(List.of(host), "snapshot", "save", snapshot.toString());
  }

  @AfterAll
  void stop() {
    ssh.close();
    lab.close();
  }

  @ParameterizedTest
  @CsvSource({
    "upload, AFTER",
    "-restore, AFTER",
    "'mv -T \"$aside/.$name.part\"', AFTER",
    "systemctl stop kubelet, BEFORE",
    "systemctl stop kubelet, AFTER",
    "moved aside by a restore, AFTER",
    "there was no etcd data, AFTER",
    "'mv -T \"$folder/.$name.part\"', AFTER",
    "systemctl reset-failed, AFTER",
    "rm -f --, AFTER"
  })
  void resume_restoreFromASnapshot_endsWithItsContent(String words, CrashingHost.When when)
      throws Exception {
    crashAndResume(false, words, when);

    assertWhole();
    objects.awaitNames("before");
  }

  @ParameterizedTest
  @CsvSource({
    "systemctl stop kubelet, AFTER",
    "copy of the etcd data directory, BEFORE",
    "copy of the etcd data directory, AFTER",
    "'cat > \"$1/.$2.part\"', AFTER",
    "systemctl reset-failed, AFTER",
    "'mv -T \"$folder/.$name.part\"', BEFORE",
    "'mv -T \"$folder/.$name.part\"', AFTER"
  })
  void resume_restoreFromOwnData_endsWithItsContentAndWithoutTheFlag(
      String words, CrashingHost.When when) throws Exception {
    crashAndResume(true, words, when);

    assertWhole();
    objects.awaitNames("before");
  }

  private void crashAndResume(boolean ownData, String words, CrashingHost.When when)
      throws Exception {
    String added =
        lab.etcdctl(List.of(host), "member", "add", "ghost", "--peer-urls=https://10.0.0.99:2380");
    String ghost = added.replaceAll("(?s)^Member +([0-9a-f]+) added.*", "$1");
    Path journal = Files.createTempDirectory(folder, "run").resolve("journal");
    CrashingHost crashing = new CrashingHost(ssh, words, when);
    assertThatThrownBy(() -> book(settings(crashing, ghost), ownData, journal).run())
        .isInstanceOf(CrashingHost.Crash.class);

    Report report = book(settings(ssh, ghost), ownData, journal).resume();

    assertThat(report.orThrow().outcome()).isEqualTo(Outcome.DONE);
  }

  private void assertWhole() throws Exception {
    assertThat(lab.etcdctl(List.of(host), "member", "list")).hasLineCount(1);
    assertThat(host.script("ls -A /etc/kubernetes/manifests").orThrow().lines())
        .containsExactlyInAnyOrder(
            ".keep",
            "etcd.yaml",
            "kube-apiserver.yaml",
            "kube-controller-manager.yaml",
            "kube-scheduler.yaml");
    assertThat(host.script("grep -r force-new /etc/kubernetes/manifests || true").orThrow())
        .isEmpty();
    assertThat(host.script("ls -d /var/lib/cluster-recovery/*/manifests || true").orThrow())
        .contains("No such file");
  }

  private Runbook book(QuorumRestorer.Builder settings, boolean ownData, Path journal) {
    QuorumRestorer restorer =
        ownData ? settings.fromOwnData().build() : settings.fromSnapshot(snapshot).build();
    Runbook.Builder book = Runbook.named("restore").journal(journal);
    StepRef<RestoreResult> step = book.step("restore quorum", restorer);
    assertThat(step.name()).isEqualTo("restore quorum");
    return book.build();
  }

  private QuorumRestorer.Builder settings(RemoteHost on, String ghost) {
    return QuorumRestorer.on(on)
        .etcd(lab.cluster(host))
        .member("master-0", URI.create("https://" + host.address() + ":2380"))
        .lost(ghost)
        .method(KubeadmStaticPods.ofHost().tools(lab.lab.bin().resolve("etcdutl")));
  }
}
