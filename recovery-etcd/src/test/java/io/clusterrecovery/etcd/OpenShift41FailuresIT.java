package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Code;
import io.clusterrecovery.EventListener;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.TimedOutException;
import io.clusterrecovery.etcd.CrashingHost.When;
import io.clusterrecovery.testkit.LabHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The restore script of OpenShift 4.1 fails in each of its ways; the failure is typed and tells how
 * the host is left, and manifests, kubelet and data are put right. As each restore ends in a whole
 * control plane, one serves for all.
 */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenShift41FailuresIT {
  /** The beginning of what is told of the start of a run's own script. */
  private static final String STARTED = "start 20";

  private static final String UNTOUCHED =
      "the manifests are in place; kubelet is active; data is in /var/lib/etcd";
  private static final String REMOVED =
      "kubelet is inactive; the old data is in /home/core/assets/backup/etcd, nothing in its place";
  private static final String STOPPED = "kubelet is inactive; data is in /var/lib/etcd";

  private static final String SMALL_HOME =
      """
      cp -a /home/core /root/
      mount -t tmpfs -o size=200m tmpfs /home/core
      cp -a /root/core /home/
      """;

  private OpenShift41Survivor survivor;
  private LabHost host;
  private Path folder = Path.of("unset");
  private String manifests = "";

  @BeforeAll
  void makeCluster(@TempDir Path temporary) throws Exception {
    folder = temporary;
    survivor = OpenShift41Survivor.start(temporary);
    host = survivor.host();
    survivor.objects().create("before");
    survivor.save();
    manifests = survivor.manifests();
  }

  @BeforeEach
  void loseQuorum() throws Exception {
    survivor.loseQuorum();
    survivor.markOldData();
  }

  @AfterEach
  void restoreAndLookAtTheControlPlane() throws Exception {
    assertThat(restorer(survivor.ssh()).build().restore().member().name())
        .isEqualTo(OpenShift41Survivor.NAME);
    survivor.assertWhole(manifests);
    host.script("rm -rf /var/lib/cluster-recovery").orThrow();
  }

  @AfterAll
  void stop() {
    survivor.close();
  }

  @ParameterizedTest
  @MethodSource
  void restore_faultWhileTheScriptRuns_isTypedToldAndResumed(
      When when, String fault, String mend, Code code, String said, String state) throws Exception {
    RestoreBook book = book();
    RemoteHost faulty =
        CrashingHost.once(survivor.ssh(), STARTED, when, () -> host.script(fault).orThrow());

    RecoveryException failed = book.fails(restorer(faulty), nothing -> {});

    assertThat(failed.code()).as(failed.getMessage()).isEqualTo(code);
    assertThat(failed.getMessage()).contains(said, state, "rollback()");
    host.script(mend).orThrow();
    book.isDoneWhenResumed(restorer(survivor.ssh()));
    survivor.assertOldDataIsKept();
  }

  static Stream<Arguments> restore_faultWhileTheScriptRuns_isTypedToldAndResumed() {
    return Stream.of(
        Arguments.of(
            When.BEFORE,
            "sed -i s/ETCD_DNS_NAME=etcd-0/ETCD_DNS_NAME=etcd-9/ /run/etcd/environment",
            "sed -i s/ETCD_DNS_NAME=etcd-9/ETCD_DNS_NAME=etcd-0/ /run/etcd/environment",
            Code.COMMAND_FAILED,
            "before it touched anything",
            UNTOUCHED),
        Arguments.of(
            When.AFTER,
            "mv /var/lib/cluster-recovery/*/snapshot.db /tmp/",
            "rm /tmp/snapshot.db",
            Code.SNAPSHOT_UNREADABLE,
            "Snapshot file not found",
            REMOVED),
        Arguments.of(
            When.AFTER,
            "truncate -s 40000 /var/lib/cluster-recovery/*/snapshot.db",
            "true",
            Code.SNAPSHOT_CORRUPT,
            "restoring",
            "the old data is in /home/core/assets/backup/etcd"),
        Arguments.of(
            When.AFTER,
            "echo 10.9.9.9 etcd-0.lab.test >> /etc/hosts",
            "grep -v 10.9.9.9 /etc/hosts > /tmp/hosts; cat /tmp/hosts > /etc/hosts",
            Code.NAME_RESOLUTION,
            "restoring",
            REMOVED),
        Arguments.of(
            When.BEFORE,
            "echo http://gone.test > /etc/lab-behind-proxy",
            "rm /etc/lab-behind-proxy",
            Code.TOOL_MISSING,
            "etcdctl",
            REMOVED),
        Arguments.of(
            When.AFTER,
            "mv /usr/local/bin/crictl /usr/local/bin/crictl.away",
            "mv /usr/local/bin/crictl.away /usr/local/bin/crictl",
            Code.TOOL_MISSING,
            "stopping containers",
            STOPPED));
  }

  /** There is room when it is looked for, and for the script's download. */
  @Test
  void restore_diskThatIsFullOnceTheScriptCopiesTheData_isTypedToldAndResumed() throws Exception {
    RestoreBook book = book();
    RemoteHost small =
        CrashingHost.once(
            survivor.ssh(), STARTED, When.BEFORE, () -> host.script(SMALL_HOME).orThrow());
    String fill = "cat /dev/zero > /home/core/filler 2> /dev/null; true";
    EventListener filling = new AtLine("Stopping etcd..", () -> host.script(fill).orThrow());

    RecoveryException failed = book.fails(restorer(small), filling);

    assertThat(failed.code()).as(failed.getMessage()).isEqualTo(Code.DISK_FULL);
    assertThat(failed.getMessage()).contains("copying data", STOPPED, "rollback()");
    host.script("rm /home/core/filler; mount -o remount,size=2g /home/core").orThrow();
    book.isDoneWhenResumed(restorer(survivor.ssh()));
    survivor.assertOldDataIsKept();
  }

  @Test
  void restore_srvRecordsThatLeadElsewhere_isTypedAndNothingWasTouched() throws Exception {
    RestoreBook book = book();
    RemoteHost faulty =
        CrashingHost.once(
            survivor.ssh(),
            STARTED,
            When.BEFORE,
            () -> {
              survivor.recordLeadsTo("10.9.9.9");
              host.script("rm /run/etcd/environment").orThrow();
            });

    RecoveryException failed = book.fails(restorer(faulty), nothing -> {});

    assertThat(failed.code()).as(failed.getMessage()).isEqualTo(Code.NAME_RESOLUTION);
    assertThat(failed.getMessage()).contains("SRV query failed", UNTOUCHED);
    survivor.recordLeadsTo(host.address());
    book.isDoneWhenResumed(restorer(survivor.ssh()));
  }

  @Test
  void restore_scriptThatIsKilled_isTakenUpFromTheStart() throws Exception {
    RestoreBook book = book();
    String kill = "pkill -KILL -f '^[^ ]*bash /usr/local/bin/etcd-snapshot-restore'";
    EventListener killing =
        new AtLine("Waiting for etcd-member to stop", () -> host.script(kill).orThrow());

    RecoveryException failed = book.fails(restorer(survivor.ssh()), killing);

    assertThat(failed.code()).isEqualTo(Code.COMMAND_FAILED);
    assertThat(failed.getMessage())
        .contains("stopping etcd", "etcd-member.yaml", "kubelet is active; data is in");
    book.isDoneWhenResumed(restorer(survivor.ssh()));
    survivor.assertOldDataIsKept();
  }

  @ParameterizedTest
  @ValueSource(strings = {STARTED, "etcd-snapshot-restore.sh has copied it"})
  void restore_programThatDies_isTakenUp(String words) throws Exception {
    RestoreBook book = book();
    RemoteHost crashing = new CrashingHost(survivor.ssh(), words, When.AFTER);
    assertThatThrownBy(() -> book.run(restorer(crashing))).isInstanceOf(CrashingHost.Crash.class);

    book.isDoneWhenResumed(restorer(survivor.ssh()));
    survivor.assertOldDataIsKept();
  }

  /** The script goes on, and is found again. */
  @Test
  void restore_connectionsThatBreakAndALimitThatPasses_doNotEndTheScript() throws Exception {
    RestoreBook book = book();
    EventListener breaking =
        new AtLine("Stopping etcd..", () -> host.script("pkill -f 'sshd: core'; true").orThrow());
    OpenShift41Scripts impatient = OpenShift41.scripts().scriptLimit(Duration.ofSeconds(5));

    RecoveryException failed = book.fails(survivor.restorer(survivor.ssh(), impatient), breaking);

    assertThat(failed).isInstanceOf(TimedOutException.class);
    assertThat(failed.getMessage()).contains("The script goes on by itself");
    book.isDoneWhenResumed(restorer(survivor.ssh()));
    survivor.assertOldDataIsKept();
  }

  /** It has not reached an API since its start, so that it ends no pod; nobody waits for ever. */
  @Test
  void restore_kubeletThatEndsNoPod_isHelpedAfterAMinute() throws Exception {
    host.script("systemctl stop kubelet; crictl ps -q | xargs crictl stop; systemctl start kubelet")
        .orThrow();
    survivor.awaitEtcd();

    RestoreResult restored = restorer(survivor.ssh()).build().restore();

    assertThat(restored.changed()).anyMatch(c -> c.id().startsWith("restore/end-etcd-for-script"));
  }

  @Test
  void restore_kubeletThatDoesNotStart_isToldThoughTheScriptEndsWith0() throws Exception {
    RestoreBook book = book();
    survivor.breakKubelet();

    RecoveryException failed = book.fails(restorer(survivor.ssh()), nothing -> {});

    assertThat(failed).isInstanceOf(TimedOutException.class);
    assertThat(failed.getMessage())
        .contains("kubelet of", "runs and stays", "the manifests are in place")
        .contains("what was restored in its place");
    survivor.mendKubelet();
    book.isDoneWhenResumed(restorer(survivor.ssh()));
    survivor.assertOldDataIsKept();
  }

  private QuorumRestorerBuilder restorer(RemoteHost on) {
    return survivor.restorer(on, OpenShift41.scripts());
  }

  private RestoreBook book() throws Exception {
    return new RestoreBook(Files.createTempDirectory(folder, "run").resolve("journal"));
  }
}
