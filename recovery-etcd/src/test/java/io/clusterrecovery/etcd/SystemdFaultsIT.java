package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Code;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.StepFailedException;
import io.clusterrecovery.TimedOutException;
import io.clusterrecovery.etcd.CrashingHost.When;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.LabHost;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What goes wrong at each stage of a restore under systemd: a typed error, the old data there, and
 * a rollback that works. As the old data comes back each time, one host serves for all.
 */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SystemdFaultsIT {
  private SystemdSurvivor left;
  private LabHost survivor;
  private SshHost ssh;

  @BeforeAll
  void loseTwoOfThree(@TempDir Path folder) throws Exception {
    left = SystemdSurvivor.ofThree(folder);
    survivor = left.host();
    ssh = left.ssh();
    left.loseQuorumAgain();
  }

  @AfterAll
  void stop() {
    left.close();
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
  void restore_toolThatFails_isTypedAndTheOldDataIsInPlace(String does) {
    withTool(
        does,
        () ->
            assertThatThrownBy(() -> restorer(ssh).restore())
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("The old data is in place, untouched")
                .hasMessageContaining("rollback()"));

    restorer(ssh).rollback();
    assertAsBefore();
  }

  @Test
  void restore_toolThatHangs_isLeftAtTheLimitAndEndedByTheRollback() {
    RunContext limited = RunContext.builder().deadline(Duration.ofSeconds(15)).build();
    withTool(
        "mkdir -p \"$data/member/snap\"; sleep 4711",
        () ->
            assertThatThrownBy(() -> limited.carryOut(restorer(ssh)))
                .isInstanceOf(TimedOutException.class)
                .hasMessageContaining("The old data is in place, untouched"));
    assertThat(survivor.script("pgrep -f 'sleep 4711'").orThrow()).isNotEmpty();

    restorer(ssh).rollback();

    assertThat(survivor.script("pgrep -f 'sleep 4711'; true").orThrow()).isEmpty();
    assertAsBefore();
  }

  @Test
  void restore_diskThatIsFullOnceTheSnapshotComes_isTypedAndTheOldDataIsInPlace() {
    survivor
        .script(
            "mkdir -p /var/lib/cluster-recovery"
                + " && mount -t tmpfs -o size=300m tmpfs /var/lib/cluster-recovery")
        .orThrow();
    String fill = "cat /dev/zero > /var/lib/cluster-recovery/filler 2>/dev/null; true";
    try {
      CrashingHost filling =
          new CrashingHost(ssh, "upload", When.BEFORE, () -> survivor.script(fill).orThrow());

      assertThatThrownBy(() -> restorer(filling).restore())
          .isInstanceOfSatisfying(
              StepFailedException.class, e -> assertThat(e.code()).isEqualTo(Code.DISK_FULL));

      survivor.script("rm /var/lib/cluster-recovery/filler").orThrow();
      restorer(ssh).rollback();
      assertAsBefore();
    } finally {
      survivor.script("umount /var/lib/cluster-recovery").orThrow();
    }
  }

  @Test
  void restore_etcdKilledWheneverItComesUp_saysWhichDataIsInPlaceAndCanBeRolledBack() {
    String killing =
        "mkdir -p /run/systemd/system/etcd.service.d"
            + " && printf '[Service]\\nExecStartPost=/bin/sh -c \"kill -KILL $MAINPID\"\\n'"
            + " > /run/systemd/system/etcd.service.d/killed.conf && systemctl daemon-reload";
    CrashingHost killed =
        new CrashingHost(
            ssh, "systemctl stop", When.AFTER, () -> survivor.script(killing).orThrow());
    RunContext limited = RunContext.builder().deadline(Duration.ofSeconds(25)).build();
    try {
      assertThatThrownBy(() -> limited.carryOut(restorer(killed)))
          .isInstanceOf(TimedOutException.class)
          .hasMessageContaining("The restored data is in place")
          .hasMessageContaining("etcd is ");
    } finally {
      survivor
          .script("rm -r /run/systemd/system/etcd.service.d && systemctl daemon-reload")
          .orThrow();
    }

    restorer(ssh).rollback();

    assertAsBefore();
  }

  private void withTool(String does, Runnable test) {
    String script =
        """
        cat > /root/tool <<'EOF'
        #!/bin/sh
        [ "$3" != --help ] || { echo --initial-cluster-token; exit 0; }
        while [ "$1" != --data-dir ]; do shift; done
        data=$2
        %s
        EOF
        chmod 755 /root/tool
        mount --bind /root/tool $(command -v etcdutl || command -v etcdctl)
        """;
    survivor.script(script.formatted(does)).orThrow();
    try {
      test.run();
    } finally {
      survivor.script("umount -l $(command -v etcdutl || command -v etcdctl)").orThrow();
    }
  }

  private void assertAsBefore() {
    left.assertOldDataServes();
    assertThat(
            survivor
                .script(
                    "find /var/lib/cluster-recovery -mindepth 2 ! -name begun ! -name undone"
                        + " ! -path '*/etcd-restored-undone-*'")
                .orThrow())
        .isEmpty();
  }

  private QuorumRestorer restorer(RemoteHost host) {
    return left.restorer(host).build();
  }
}
