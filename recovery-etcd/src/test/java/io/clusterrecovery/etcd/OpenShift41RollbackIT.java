package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.EventListener;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.TimedOutException;
import io.clusterrecovery.etcd.CrashingHost.When;
import io.clusterrecovery.testkit.LabHost;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A restore by the script of OpenShift 4.1 is taken back once it has removed the data. */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenShift41RollbackIT {
  private OpenShift41Survivor survivor;
  private LabHost host;
  private String manifests = "";

  @BeforeAll
  void loseQuorum(@TempDir Path temporary) throws Exception {
    survivor = OpenShift41Survivor.start(temporary);
    host = survivor.host();
    survivor.objects().create("before");
    survivor.save();
    manifests = survivor.manifests();
    survivor.loseQuorum();
  }

  @BeforeEach
  void markTheOldData() {
    survivor.markOldData();
  }

  @AfterEach
  void lookAtTheHost() throws Exception {
    survivor.assertAsBefore(manifests);
    host.script("rm -rf /var/lib/cluster-recovery").orThrow();
  }

  @AfterAll
  void stop() {
    survivor.close();
  }

  /** The script has ended with 0, and its cluster of one never came up. */
  @Test
  void rollback_ofWhatWasRestored_movesItOutAndTheOldDataBack() {
    survivor.breakKubelet();
    assertThatThrownBy(() -> whileItStops("true").carryOut(restorer(survivor.ssh())))
        .isInstanceOf(TimedOutException.class)
        .hasMessageContaining("what was restored in its place");
    survivor.mendKubelet();

    RollbackResult undone = restorer(survivor.ssh()).rollback();

    assertThat(undone.changed())
        .extracting(change -> change.id().replaceAll("@.*", ""))
        .containsExactly(
            "rollback/stop", "rollback/move-out", "rollback/move-back", "rollback/start");
    String kept = "ls -d /var/lib/cluster-recovery/*/etcd-restored-undone-1/member";
    assertThat(host.script(kept).orThrow()).hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mv -n -t \"$1\"",
        "moved aside by a rollback",
        "other data came in between",
        "mv -n -t /etc/kubernetes/manifests"
      })
  void rollback_thatCrashed_isTakenUpAgain(String words) {
    RunContext run = whileItStops("rm /var/lib/cluster-recovery/*/snapshot.db");
    assertThatThrownBy(() -> run.carryOut(restorer(survivor.ssh())))
        .hasMessageContaining("Snapshot file not found");
    host.script("mkdir -p /var/lib/etcd/member/snap; echo half > /var/lib/etcd/member/snap/db")
        .orThrow();
    RemoteHost crashing = new CrashingHost(survivor.ssh(), words, When.AFTER);
    assertThatThrownBy(() -> restorer(crashing).rollback()).isInstanceOf(CrashingHost.Crash.class);

    restorer(survivor.ssh()).rollback();
  }

  /** Ends etcd's pod besides, which a kubelet that was started without an API does not. */
  private RunContext whileItStops(String fault) {
    String end = "crictl stopp $(crictl pods -name etcd-member --state Ready -q); ";
    EventListener at =
        new AtLine("Waiting for etcd-member to stop", () -> host.script(end + fault).orThrow());
    return RunContext.builder().listener(at).build();
  }

  private QuorumRestorer restorer(RemoteHost on) {
    return survivor.restorer(on, OpenShift41.scripts()).build();
  }
}
