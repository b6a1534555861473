package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.StepFailedException;
import io.clusterrecovery.TimedOutException;
import io.clusterrecovery.etcd.CrashingHost.When;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A restore of static pods is taken back from each state in which it may have stopped, by a crash
 * or by a fault. As the old data comes back each time, and with it the loss of quorum, one control
 * plane serves for all.
 */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubeadmRollbackIT {
  private KubeadmSurvivor survivor;
  private Path folder = Path.of("unset");

  @BeforeAll
  void loseQuorum(@TempDir Path temporary) throws Exception {
    folder = temporary;
    survivor = KubeadmSurvivor.start(temporary);
    survivor.objects().create("before");
    survivor.save();
    survivor.loseQuorum();
  }

  @BeforeEach
  void markTheOldData() {
    survivor.host().script("rm -rf /var/lib/cluster-recovery").orThrow();
    survivor.markOldData();
  }

  @AfterAll
  void stop() {
    survivor.close();
  }

  @ParameterizedTest
  @CsvSource({
    "upload, AFTER",
    "start 20, AFTER",
    "rm -f --, AFTER",
    "'mv -T \"$aside/.$name.part\"', AFTER",
    "'ActiveState > \"$2.part\"', AFTER",
    "systemctl stop kubelet, BEFORE",
    "systemctl stop kubelet, AFTER",
    "moved aside by a restore, AFTER",
    "there was no etcd data, AFTER",
    "'mv -T \"$folder/.$name.part\"', AFTER",
    "systemctl reset-failed, AFTER"
  })
  void rollback_ofARestoreFromASnapshotThatCrashed_putsAllBack(String words, When when) {
    assertThatThrownBy(() -> fromSnapshot(crashing(words, when)).restore())
        .isInstanceOf(CrashingHost.Crash.class);

    fromSnapshot(survivor.ssh()).rollback();

    survivor.assertAsBefore();
  }

  @ParameterizedTest
  @CsvSource({
    "'mv -T \"$aside/.$name.part\"', AFTER",
    "systemctl stop kubelet, AFTER",
    "copy of the etcd data directory, AFTER",
    "'cat > \"$1/.$2.part\"', AFTER",
    "systemctl reset-failed, AFTER",
    "'mv -T \"$folder/.$name.part\"', BEFORE",
    "'mv -T \"$folder/.$name.part\"', AFTER"
  })
  void rollback_ofARestoreFromOwnDataThatCrashed_putsAllBack(String words, When when) {
    assertThatThrownBy(() -> fromOwnData(crashing(words, when)).restore())
        .isInstanceOf(CrashingHost.Crash.class);

    fromOwnData(survivor.ssh()).rollback();

    survivor.assertAsBefore();
  }

  @Test
  void rollback_ofHalfACopy_removesIt() {
    assertThatThrownBy(() -> fromOwnData(crashing("copy of the etcd data", When.BEFORE)).restore())
        .isInstanceOf(CrashingHost.Crash.class);
    survivor
        .host()
        .script(
            "cd /var/lib/cluster-recovery/2* && mkdir -p etcd-data-1/member.part/snap"
                + " && echo x > etcd-data-1/manifest")
        .orThrow();

    fromOwnData(survivor.ssh()).rollback();

    survivor.assertAsBefore();
  }

  @ParameterizedTest
  @CsvSource({
    "systemctl stop kubelet, AFTER",
    "moved aside by a rollback, AFTER",
    "other data came in between, AFTER",
    "'mv -T \"$folder/.$name.part\"', AFTER",
    "systemctl reset-failed, AFTER"
  })
  void rollback_thatCrashed_isTakenUpAgain(String words, When when) {
    assertThatThrownBy(() -> fromSnapshot(crashing("systemctl reset-failed", When.AFTER)).restore())
        .isInstanceOf(CrashingHost.Crash.class);
    assertThatThrownBy(() -> fromSnapshot(crashing(words, when)).rollback())
        .isInstanceOf(CrashingHost.Crash.class);

    fromSnapshot(survivor.ssh()).rollback();

    survivor.assertAsBefore();
  }

  /** A tool that fails at once, after half of its work, or that claims to have done it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo broken; exit 9",
        "mkdir -p \"$data/member/snap\"; echo half > \"$data/member/snap/db\"; exit 9",
        "exit 0",
        "mkdir -p \"$data/member/wal\"; exit 0"
      })
  void restore_toolThatFails_isTypedAndTheOldDataIsInPlace(String does) throws Exception {
    QuorumRestorer restorer = survivor.restorer(survivor.ssh(), tool(does)).build();

    assertThatThrownBy(restorer::restore)
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining("The old data is in place, untouched")
        .hasMessageContaining("rollback()");

    restorer.rollback();
    survivor.assertAsBefore();
  }

  @Test
  void restore_toolThatHangs_isLeftAtTheLimitAndEndedByTheRollback() throws Exception {
    QuorumRestorer restorer =
        survivor
            .restorer(survivor.ssh(), tool("mkdir -p \"$data/member/snap\"; sleep 4711"))
            .build();

    assertThatThrownBy(() -> within(Duration.ofSeconds(20)).carryOut(restorer))
        .isInstanceOf(TimedOutException.class)
        .hasMessageContaining("The old data is in place, untouched");
    assertThat(survivor.host().script("pgrep -f 'sleep 4711'").orThrow()).isNotEmpty();

    restorer.rollback();
    assertThat(survivor.host().script("pgrep -f 'sleep 4711'; true").orThrow()).isEmpty();
    survivor.assertAsBefore();
  }

  @Test
  void restore_diskThatIsFullOnceTheSnapshotComes_isTypedAndTheOldDataIsInPlace() {
    survivor
        .host()
        .script(
            "mkdir -p /var/lib/cluster-recovery"
                + " && mount -t tmpfs -o size=300m tmpfs /var/lib/cluster-recovery")
        .orThrow();
    String fill = "cat /dev/zero > /var/lib/cluster-recovery/filler 2>/dev/null; true";
    try {
      CrashingHost filling =
          new CrashingHost(
              survivor.ssh(), "upload", When.BEFORE, () -> survivor.host().script(fill).orThrow());

      assertThatThrownBy(() -> fromSnapshot(filling).restore())
          .isInstanceOfSatisfying(
              StepFailedException.class, e -> assertThat(e.code()).isEqualTo(Code.DISK_FULL));

      survivor.host().script("rm /var/lib/cluster-recovery/filler").orThrow();
      fromSnapshot(survivor.ssh()).rollback();
      survivor.assertAsBefore();
    } finally {
      survivor.host().script("umount /var/lib/cluster-recovery").orThrow();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void restore_kubeletThatDoesNotBringThePodBack_saysWhichDataIsInPlace(boolean ownData) {
    String dropIn = "/run/systemd/system/kubelet.service.d/broken.conf";
    String breaking =
        "mkdir -p $(dirname %1$s) && printf '[Service]\\nExecStartPre=/bin/false\\n' > %1$s"
            + " && systemctl daemon-reload";
    CrashingHost broken =
        new CrashingHost(
            survivor.ssh(),
            "systemctl stop kubelet",
            When.AFTER,
            () -> survivor.host().script(breaking.formatted(dropIn)).orThrow());
    QuorumRestorer restorer = ownData ? fromOwnData(broken) : fromSnapshot(broken);
    try {
      assertThatThrownBy(() -> within(Duration.ofSeconds(45)).carryOut(restorer))
          .isInstanceOf(TimedOutException.class)
          .hasMessageContaining("data is in place")
          .hasMessageContaining("etcd-data-1")
          .hasMessageContaining("kubelet is");
    } finally {
      survivor.host().script("rm " + dropIn + " && systemctl daemon-reload").orThrow();
    }

    fromSnapshot(survivor.ssh()).rollback();

    survivor.assertAsBefore();
  }

  /** It comes back, without quorum as before, and nobody needs its answers any more. */
  @Test
  void restore_etcdKilledBeforeItIsStopped_goesOnAndIsRefusedToBeRolledBackOnceItServes()
      throws Exception {
    CrashingHost killing =
        new CrashingHost(
            survivor.ssh(),
            "chown -R --reference",
            When.BEFORE,
            () -> survivor.host().script("pkill -KILL -x etcd").orThrow());

    RestoreResult restored = fromSnapshot(killing).restore();
    survivor.objects().awaitNames("before");

    RefusedException refused =
        catchThrowableOfType(
            RefusedException.class, () -> fromSnapshot(survivor.ssh()).rollback(restored));
    assertThat(refused.code()).isEqualTo(Code.ROLLBACK_WOULD_LOSE);
    survivor.objects().awaitNames("before");
    survivor.loseQuorum();
  }

  private CrashingHost crashing(String words, When when) {
    return new CrashingHost(survivor.ssh(), words, when);
  }

  private QuorumRestorer fromSnapshot(RemoteHost host) {
    return survivor.restorer(host, survivor.etcdutl()).build();
  }

  private QuorumRestorer fromOwnData(RemoteHost host) {
    return survivor.ownDataRestorer(host).build();
  }

  private static RunContext within(Duration deadline) {
    return RunContext.builder().deadline(deadline).build();
  }

  /** What passes for etcdutl until it is asked to restore, with its directory in {@code data}. */
  private Path tool(String does) throws Exception {
    String script =
        """
        #!/bin/sh
        [ "$3" != --help ] || { echo --initial-cluster-token; exit 0; }
        while [ "$1" != --data-dir ]; do shift; done
        data=$2
        %s
        """;
    Path tool = Files.writeString(folder.resolve("tool"), script.formatted(does));
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    return tool;
  }
}
