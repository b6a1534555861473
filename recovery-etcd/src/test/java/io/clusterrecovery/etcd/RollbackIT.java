package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.LabHost;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A restore is taken back, from each state in which it may have stopped. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RollbackIT {
  private SystemdSurvivor left;
  private EtcdLab lab;
  private LabHost survivor;
  private SshHost ssh;

  @BeforeAll
  void loseTwoOfThree(@TempDir Path folder) throws Exception {
    left = SystemdSurvivor.ofThree(folder);
    lab = left.lab();
    survivor = left.host();
    ssh = left.ssh();
  }

  @BeforeEach
  void loseQuorumAgain() throws Exception {
    survivor.script("umount /var/lib/cluster-recovery 2>/dev/null; true").orThrow();
    left.loseQuorumAgain();
  }

  @AfterAll
  void stop() {
    left.close();
  }

  @Test
  void rollback_ofNothing_isRefused() {
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> restorer(ssh).rollback());

    assertThat(refused.code()).isEqualTo(Code.NOTHING_TO_ROLL_BACK);
  }

  @Test
  void rollback_ofAVerifiedRestore_putsTheOldDataBackAndIsDoneOnce() throws Exception {
    RestoreResult restored = restorer(ssh).restore();
    Plan plan = restorer(ssh).undoing().plan();

    RollbackResult undone = restorer(ssh).rollback(restored);

    assertThat(plan.changes())
        .extracting(change -> change.id().replaceAll("@.*", ""))
        .containsExactly(
            "rollback/stop", "rollback/move-out", "rollback/move-back", "rollback/start");
    assertThat(undone.undone()).isEqualTo(restored.run());
    assertThat(undone.changed()).isEqualTo(plan.changes());
    assertOldDataServes();
    assertThat(
            survivor.script("ls -d /var/lib/cluster-recovery/*/etcd-restored-undone-1").orThrow())
        .hasLineCount(1);
    assertThat(restorer(ssh).rollback(restored).changed()).isEmpty();
    assertThat(restorer(ssh).plan().refusals()).isEmpty();
  }

  @Test
  void rollback_afterAClientWrote_isRefusedAndNothingIsTouched() throws Exception {
    RestoreResult restored = restorer(ssh).restore();
    lab.etcdctl(List.of(survivor), "put", "/registry/leases/kube-system/x", "v");
    assertThat(restorer(ssh).undoing().plan().refusals()).isEmpty();
    lab.etcdctl(List.of(survivor), "del", "/before");
    String before = EtcdLab.state(survivor);

    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> restorer(ssh).rollback(restored));

    assertThat(refused.code()).isEqualTo(Code.ROLLBACK_WOULD_LOSE);
    assertThat(refused.getMessage()).contains("/before");
    assertThat(EtcdLab.state(survivor)).isEqualTo(before);
  }

  @Test
  void rollback_neverVerifiedAndAClientWrote_isRefusedAndNothingIsTouched() throws Exception {
    long restored = crashBeforeTheVerification();
    assertThat(revisionServed()).isEqualTo(restored);
    lab.etcdctl(List.of(survivor), "put", "/registry/leases/kube-system/x", "v");
    assertThat(restorer(ssh).undoing().plan().refusals()).isEmpty();
    lab.etcdctl(List.of(survivor), "put", "/after", "v");
    String before = EtcdLab.state(survivor);

    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> restorer(ssh).rollback());

    assertThat(refused.code()).isEqualTo(Code.ROLLBACK_WOULD_LOSE);
    assertThat(refused.getMessage()).contains("/after").doesNotContain("/before");
    assertThat(EtcdLab.state(survivor)).isEqualTo(before);
    lab.etcdctl(List.of(survivor), "compact", Long.toString(revisionServed()));
    assertThat(restorer(ssh).undoing().plan().refusals())
        .singleElement()
        .satisfies(r -> assertThat(r.code()).isEqualTo(Code.ROLLBACK_WOULD_LOSE));
  }

  @Test
  void rollback_neverVerifiedAndNobodyWrote_putsTheOldDataBack() throws Exception {
    assertThat(crashBeforeTheVerification()).isEqualTo(revisionServed());

    restorer(ssh).rollback();

    assertOldDataServes();
  }

  /** Returns what the run's folder says once the restored etcd serves. */
  private long crashBeforeTheVerification() throws Exception {
    CrashingHost crashing =
        new CrashingHost(ssh, "systemctl reset-failed", CrashingHost.When.AFTER);
    assertThatThrownBy(() -> restorer(crashing).restore()).isInstanceOf(CrashingHost.Crash.class);
    lab.etcdctl(List.of(survivor), "--command-timeout=60s", "--dial-timeout=60s", "get", "/before");
    String file = "cat /var/lib/cluster-recovery/*/restored-revision";
    return Long.parseLong(survivor.script(file).orThrow());
  }

  private long revisionServed() {
    URI endpoint = lab.lab.etcd().endpoint(survivor);
    try (EtcdClient client = lab.cluster(survivor).connect(endpoint)) {
      return client.status().revision();
    }
  }

  @Test
  void rollback_afterAMemberWasAdded_isRefused() throws Exception {
    RestoreResult restored = restorer(ssh).restore();
    lab.etcdctl(
        List.of(survivor), "member", "add", "b", "--learner", "--peer-urls=https://127.0.0.9:2380");

    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> restorer(ssh).rollback(restored));

    assertThat(refused.code()).isEqualTo(Code.ROLLBACK_WOULD_LOSE);
    assertThat(refused.getMessage()).contains("joined");
  }

  @ParameterizedTest
  @CsvSource({
    "start 20, AFTER",
    "systemctl stop, AFTER",
    "moved aside by a restore, BEFORE",
    "moved aside by a restore, AFTER",
    "there was no etcd data, AFTER",
    "systemctl reset-failed, AFTER"
  })
  void rollback_ofARestoreThatCrashed_putsTheOldDataBack(String words, CrashingHost.When when) {
    assertThatThrownBy(() -> restorer(new CrashingHost(ssh, words, when)).restore())
        .isInstanceOf(CrashingHost.Crash.class);

    restorer(ssh).rollback();

    assertOldDataServes();
  }

  @ParameterizedTest
  @CsvSource({
    "systemctl stop, AFTER",
    "moved aside by a rollback, AFTER",
    "other data came in between, AFTER",
    "systemctl reset-failed, AFTER"
  })
  void rollback_thatCrashed_isTakenUpAgain(String words, CrashingHost.When when) {
    restorer(ssh).restore();
    assertThatThrownBy(() -> restorer(new CrashingHost(ssh, words, when)).rollback())
        .isInstanceOf(CrashingHost.Crash.class);

    restorer(ssh).rollback();

    assertOldDataServes();
  }

  @Test
  void restore_toolThatFails_saysThatTheOldDataIsInPlace() {
    survivor
        .script(
            "printf '#!/bin/sh\\nexit 9\\n' > /root/no && chmod 755 /root/no"
                + " && mount --bind /root/no /usr/local/bin/etcdutl")
        .orThrow();
    try {
      assertThatThrownBy(() -> restorer(ssh).restore()).isInstanceOf(RecoveryException.class);
    } finally {
      survivor.script("umount /usr/local/bin/etcdutl").orThrow();
    }
    left.assertOldData();
  }

  @Test
  void restore_etcdThatDoesNotComeUp_saysWhichDataIsInPlaceAndCanBeRolledBack() {
    survivor
        .script(
            "mkdir -p /run/systemd/system/etcd.service.d && printf '[Service]\\n"
                + "ExecStartPre=/bin/sh -c \"! [ -e /var/lib/etcd/member/snap ] || [ -e"
                + " /var/lib/etcd/member/old-data ]\"\\n"
                + "' > /run/systemd/system/etcd.service.d/broken.conf && systemctl daemon-reload")
        .orThrow();
    try {
      assertThatThrownBy(() -> restorer(ssh, Duration.ofSeconds(3)).restore())
          .isInstanceOf(RecoveryException.class)
          .isNotInstanceOf(RefusedException.class)
          .hasMessageContaining("The restored data is in place")
          .hasMessageContaining("rollback()");
      restorer(ssh).rollback();
    } finally {
      survivor
          .script("rm -r /run/systemd/system/etcd.service.d && systemctl daemon-reload")
          .orThrow();
    }
    assertOldDataServes();
  }

  @Test
  void restore_noRoomForWhatIsRestored_isTypedAndTheOldDataIsInPlace() {
    survivor
        .script(
            "mkdir -p /var/lib/cluster-recovery"
                + " && mount -t tmpfs -o size=200m tmpfs /var/lib/cluster-recovery"
                + " && head -c 150M /dev/zero > /var/lib/cluster-recovery/filler")
        .orThrow();

    assertThatThrownBy(() -> restorer(ssh).restore())
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo(Code.DISK_FULL));
    left.assertOldData();
  }

  private void assertOldDataServes() {
    left.assertOldDataServes();
    assertThat(
            survivor
                .script(
                    "find /var/lib/cluster-recovery -name snapshot.db -o -name unit-was"
                        + " -o -name restore.json -o -name restored-revision -o -path '*/etcd-restored' -o -path '*/jobs/*'")
                .orThrow())
        .isEmpty();
  }

  private QuorumRestorer restorer(RemoteHost host) {
    return restorer(host, Duration.ofMinutes(2));
  }

  private QuorumRestorer restorer(RemoteHost host, Duration healthyLimit) {
    return left.restorer(host).acceptMemberListOfSnapshot().healthyLimit(healthyLimit).build();
  }
}
