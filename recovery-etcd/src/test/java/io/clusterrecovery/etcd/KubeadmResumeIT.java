package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Outcome;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.Report;
import io.clusterrecovery.Runbook;
import io.clusterrecovery.StepRef;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private KubeadmSurvivor survivor;
  private Path folder = Path.of("unset");

  @BeforeAll
  void makeCluster(@TempDir Path temporary) throws Exception {
    folder = temporary;
    survivor = KubeadmSurvivor.start(temporary);
    survivor.objects().create("before");
    survivor.save();
  }

  @AfterAll
  void stop() {
    survivor.close();
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
    survivor.objects().awaitNames("before");
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
    survivor.objects().awaitNames("before");
  }

  private void crashAndResume(boolean ownData, String words, CrashingHost.When when)
      throws Exception {
    survivor.loseQuorum();
    Path journal = Files.createTempDirectory(folder, "run").resolve("journal");
    CrashingHost crashing = new CrashingHost(survivor.ssh(), words, when);
    assertThatThrownBy(() -> book(crashing, ownData, journal).run())
        .isInstanceOf(CrashingHost.Crash.class);

    Report report = book(survivor.ssh(), ownData, journal).resume();

    assertThat(report.orThrow().outcome()).isEqualTo(Outcome.DONE);
  }

  private void assertWhole() throws Exception {
    assertThat(survivor.etcdctl("member", "list")).hasLineCount(1);
    assertThat(survivor.host().script("ls -A /etc/kubernetes/manifests").orThrow().lines())
        .containsExactlyInAnyOrder(
            ".keep",
            "etcd.yaml",
            "kube-apiserver.yaml",
            "kube-controller-manager.yaml",
            "kube-scheduler.yaml");
    assertThat(
            survivor.host().script("grep -r force-new /etc/kubernetes/manifests || true").orThrow())
        .isEmpty();
    assertThat(
            survivor.host().script("ls -d /var/lib/cluster-recovery/*/manifests || true").orThrow())
        .contains("No such file");
  }

  private Runbook book(RemoteHost on, boolean ownData, Path journal) {
    QuorumRestorerBuilder settings =
        ownData ? survivor.ownDataRestorer(on) : survivor.restorer(on, survivor.etcdutl());
    Runbook.Builder book = Runbook.named("restore").journal(journal);
    StepRef<RestoreResult> step = book.step("restore quorum", settings.build());
    assertThat(step.name()).isEqualTo("restore quorum");
    return book.build();
  }
}
