package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Event;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.TimedOutException;
import io.clusterrecovery.testkit.LabHost;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A master of OpenShift 4.1 loses quorum, and its own script restores it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class OpenShift41ScriptsIT {
  private static final String STATE =
      """
      cd /etc/kubernetes/manifests && cksum *
      stat -c '%n %i %a %u' /var/lib/etcd /var/lib/etcd/member
      find /var/lib/cluster-recovery /home/core 2>/dev/null | sort
      pgrep -x etcd
      systemctl is-active kubelet
      """;

  /** What an earlier run has left, a proxy of the kubelet, and downloads that need it. */
  private static final String BEFORE =
      """
      mkdir -p /home/core/assets/bin /home/core/assets/manifests-stopped \
        /home/core/assets/backup/etcd/member/snap
      echo stale > /home/core/assets/manifests-stopped/left-over.yaml
      echo stale > /home/core/assets/backup/etcd/member/snap/db
      cp /etc/kubernetes/manifests/etcd-member.yaml /home/core/assets/backup/
      mkdir -p /etc/systemd/system/kubelet.service.d
      cat > /etc/systemd/system/kubelet.service.d/10-default-env.conf <<EOF
      [Service]
      Environment=HTTPS_PROXY=http://me:pass@proxy:3128 NO_PROXY=.svc,10.0.0.0/8,127.0.0.1
      EOF
      echo http://me:pass@proxy:3128 > /etc/lab-behind-proxy
      """;

  private static final String PODS_THAT_NEVER_END =
      """
      cd /usr/local/bin && mv crictl crictl.real && cat > crictl <<'EOF' && chmod 755 crictl
      #!/bin/bash
      [[ " $* " != *" --state "* ]] || { echo never; exit; }
      exec crictl.real "$@"
      EOF
      """;

  private OpenShift41Survivor survivor;
  private LabHost host;

  @BeforeAll
  void makeCluster(@TempDir Path folder) throws Exception {
    survivor = OpenShift41Survivor.start(folder);
    host = survivor.host();
    survivor.objects().create("before");
    survivor.save();
    survivor.objects().create("after");
  }

  @AfterAll
  void stop() {
    survivor.close();
  }

  @Test
  @Order(1)
  void restore_quorumIsThere_isRefused() {
    assertRefused(fromSnapshot(), Code.QUORUM_IS_THERE);
  }

  /** Killing it is a rollback: its data is where it was, as the script has not come that far. */
  @Test
  @Order(2)
  void restore_scriptThatWaitsWithoutEnd_isLeftAtTheLimitAndEndedByTheRollback() throws Exception {
    survivor.loseQuorum();
    survivor.markOldData();
    String manifests = survivor.manifests();
    host.script(PODS_THAT_NEVER_END).orThrow();
    QuorumRestorer impatient =
        survivor
            .restorer(survivor.ssh(), OpenShift41.scripts().scriptLimit(Duration.ofSeconds(8)))
            .build();

    TimedOutException timedOut = catchThrowableOfType(TimedOutException.class, impatient::restore);

    assertThat(timedOut.getMessage())
        .contains("The script goes on by itself", "manifests-stopped: ", "etcd-member.yaml")
        .contains("kubelet is active", "data is in /var/lib/etcd", "rollback()");
    assertThat(impatient.undoing().plan().toString()).contains("end etcd-snapshot-restore.sh");
    assertThat(impatient.rollback().changed())
        .extracting(Change::id)
        .containsExactly("rollback/kill-script@" + name(), "rollback/start@" + name());
    host.script("mv /usr/local/bin/crictl.real /usr/local/bin/crictl").orThrow();
    survivor.assertAsBefore(manifests);
  }

  @Test
  @Order(3)
  void restore_whatTheScriptWouldNoticeTooLate_isRefused() throws Exception {
    URI other = URI.create("https://etcd-1.lab.test:2380");
    assertRefused(
        survivor.restorer(survivor.ssh(), OpenShift41.scripts(), OpenShift41Survivor.NAME, other),
        Code.MEMBER_MISMATCH);

    host.script("cp /etc/hosts /tmp/hosts; echo 10.9.9.9 etcd-0.lab.test >> /etc/hosts").orThrow();
    RefusedException refused = assertRefused(fromSnapshot(), Code.NAME_RESOLUTION);
    assertThat(refused.getMessage()).contains("10.9.9.9").contains(host.address());
    host.script("cp /tmp/hosts /etc/hosts; " + BEFORE).orThrow();

    host.script("mount -t tmpfs -o size=64m tmpfs /home/core").orThrow();
    assertThat(assertRefused(fromSnapshot(), Code.DISK_FULL).getMessage()).contains("/home/core");
    host.script("umount /home/core").orThrow();

    assertRefused(fromSnapshot(), Code.DOWNLOAD_UNREACHABLE);
    host.run("systemctl", "daemon-reload").orThrow();
  }

  @Test
  @Order(4)
  void restore_afterAnEarlierHalfRun_givesTheSnapshotsContentAndStartsNothingOld()
      throws Exception {
    String manifests = survivor.manifests();
    List<String> told = new ArrayList<>();
    RunContext run = RunContext.builder().listener(event -> hear(event, told)).build();
    QuorumRestorer restorer = fromSnapshot().build();
    Plan plan = run.plan(restorer);
    assertThat(plan.toString())
        .contains("http://***@proxy:3128", "all containers of the host", "left-over.yaml")
        .doesNotContain("pass");

    RestoreResult restored = run.carryOut(restorer, plan);

    assertThat(restored.changed())
        .extracting(Change::id)
        .containsExactly(
            "restore/archive-assets@" + name(),
            "restore/copy-snapshot@" + name(),
            "restore/script@" + name(),
            "restore/keep@" + name());
    survivor.assertAlone();
    assertThat(survivor.manifests()).isEqualTo(manifests);
    assertThat(told).contains("Removing etcd data-dir /var/lib/etcd", "Starting kubelet..");
    assertThat(host.script("tail -n 1 /var/log/lab-downloads").orThrow())
        .contains("HTTPS_PROXY=http://me:pass@proxy:3128", "etcd-0.lab.test", host.address());
    assertKept();
    survivor.objects().awaitNames("before");
  }

  @Test
  @Order(5)
  void restore_again_changesNothingAndSaysSo() {
    String before = state();
    QuorumRestorer again = fromSnapshot().build();
    assertThat(again.restore().changed()).isEmpty();
    assertThat(again.plan().satisfied()).isTrue();
    assertThat(state()).isEqualTo(before);
  }

  @Test
  @Order(6)
  void rollback_onceClientsWrote_isRefused() throws Exception {
    survivor.objects().create("after");
    String before = state();

    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> fromSnapshot().build().rollback());

    assertThat(refused.code()).isEqualTo(Code.ROLLBACK_WOULD_LOSE);
    assertThat(refused.getMessage()).contains("Clients have written");
    assertThat(state()).isEqualTo(before);
  }

  /** The script notices when the data is removed and all is stopped. */
  @Test
  @Order(7)
  void restore_snapshotThatGoesAway_isTypedAndTheRollbackPutsAllBack() throws Exception {
    host.script("rm -rf /var/lib/cluster-recovery").orThrow();
    survivor.loseQuorum();
    survivor.markOldData();
    String manifests = survivor.manifests();
    RunContext run =
        RunContext.builder()
            .listener(
                new AtLine(
                    "Stopping etcd..",
                    () -> host.script("rm /var/lib/cluster-recovery/*/snapshot.db").orThrow()))
            .build();
    QuorumRestorer restorer = fromSnapshot().build();

    RecoveryException failed =
        catchThrowableOfType(RecoveryException.class, () -> run.carryOut(restorer));

    assertThat(failed.code()).as(failed.getMessage()).isEqualTo(Code.SNAPSHOT_UNREADABLE);
    assertThat(failed.getMessage())
        .contains("manifests-stopped: ", "etcd-member.yaml", "kubelet is inactive")
        .contains("the old data is in /home/core/assets/backup/etcd, nothing in its place");
    assertThat(restorer.rollback().changed())
        .extracting(Change::id)
        .containsExactly(
            "rollback/stop@" + name(), "rollback/move-back@" + name(), "rollback/start@" + name());
    survivor.assertAsBefore(manifests);
  }

  /** The old data is kept by the run, what the script left is out of the way, nothing is secret. */
  private void assertKept() {
    assertThat(host.script("ls -A /home/core").orThrow()).doesNotContain("assets", "snapshot");
    assertThat(
            host.script("cd /var/lib/cluster-recovery/*/etcd-data-1/.. && find . -type f | sort")
                .orThrow())
        .contains(
            "./assets-before-1/manifests-stopped/left-over.yaml",
            "./assets-1/backup/etcd-member.yaml",
            "./etcd-data-1/member/snap/db",
            "./restore.json")
        .doesNotContain("proxy", "snapshot.db");
    assertThat(host.script("find /var/lib/cluster-recovery -perm /077 -type f").orThrow())
        .isEmpty();
  }

  private static void hear(Event event, List<String> told) {
    if (event instanceof Event.Line line) {
      told.add(line.text());
    }
  }

  private String name() {
    return survivor.ssh().name();
  }

  private RefusedException assertRefused(QuorumRestorerBuilder settings, Code code) {
    return new Untouched(this::state).by(settings, code);
  }

  private String state() {
    return host.script(STATE + "true").orThrow();
  }

  private QuorumRestorerBuilder fromSnapshot() {
    return survivor.restorer(survivor.ssh(), OpenShift41.scripts());
  }
}
