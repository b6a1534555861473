package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Poll;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import io.clusterrecovery.testkit.LabHost;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
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

/**
 * The restore script of OpenShift 4.1 is run by hand, as its documentation says, and leaves the
 * host as it does when something is wrong; the SDK takes it from there.
 */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenShift41ByHandIT {
  private static final String CLUSTER = OpenShift41Survivor.NAME + "=" + OpenShift41Survivor.PEER;
  private static final String SCRIPT = "pgrep -f '^[^ ]*bash /usr/local/bin/etcd-snapshot'; true";

  private OpenShift41Survivor survivor;
  private LabHost host;
  private String manifests = "";

  @BeforeAll
  void makeCluster(@TempDir Path temporary) throws Exception {
    survivor = OpenShift41Survivor.start(temporary);
    host = survivor.host();
    survivor.objects().create("before");
    survivor.save();
    host.write("/home/core/snapshot.db", Files.readAllBytes(survivor.snapshot()), "0600");
    manifests = survivor.manifests();
  }

  @BeforeEach
  void loseQuorum() throws Exception {
    survivor.loseQuorum();
    survivor.markOldData();
  }

  @AfterEach
  void lookAtTheControlPlane() throws Exception {
    survivor.assertWhole(manifests);
    host.script("rm -rf /var/lib/cluster-recovery").orThrow();
  }

  @AfterAll
  void stop() {
    survivor.close();
  }

  /** With a terminal it dies at once, without one at its next output. */
  @ParameterizedTest
  @ValueSource(strings = {"-tt", "-T"})
  void restore_afterARunThatDiedWithItsSession_putsBackWhatItHasStopped(String terminal)
      throws Exception {
    dropSessionAt("Waiting for etcd-member to stop", terminal);
    await("the script has died", () -> host.script(SCRIPT).orThrow().isEmpty());
    assertThat(host.script("ls /etc/kubernetes/manifests").orThrow()).isEmpty();
    assertThat(host.script("systemctl is-active kubelet").orThrow()).isEqualTo("active");
    await("etcd is down", () -> host.script("pgrep -x etcd; true").orThrow().isEmpty());

    RunContext run = RunContext.standalone();
    QuorumRestorer restorer = restorer();
    Plan plan = run.plan(restorer);
    assertThat(plan.toString()).contains("put manifests back that only an earlier run has");
    run.carryOut(restorer, plan);

    survivor.assertOldDataIsKept();
  }

  private void dropSessionAt(String line, String terminal) throws Exception {
    String script =
        "cd /home/core && sudo -E /usr/local/bin/etcd-snapshot-restore.sh snapshot.db " + CLUSTER;
    Process session =
        new ProcessBuilder(survivor.openSsh(terminal, host.name(), script))
            .redirectErrorStream(true)
            .start();
    BufferedReader told =
        new BufferedReader(new InputStreamReader(session.getInputStream(), UTF_8));
    String now = told.readLine();
    while (now != null && !now.strip().equals(line)) {
      now = told.readLine();
    }
    session.destroyForcibly().waitFor();
    assertThat(now).isNotNull();
  }

  /** The data is removed before the snapshot is looked for, and copied once alone. */
  @Test
  void restore_afterTwoRunsWithAWrongPath_takesTheOnlyCopyOfTheDataIn() throws Exception {
    assertThat(survivor.restoreByHand("/home/core/wrong.db", CLUSTER))
        .contains("Backing up etcd data-dir..", "Snapshot file not found", "exit 1");
    host.script("mkdir -p /var/lib/etcd/member/snap; echo newer > /var/lib/etcd/member/snap/db")
        .orThrow();
    assertThat(survivor.restoreByHand("/home/core/wrong.db", CLUSTER))
        .contains("etcd data-dir backup found", "exit 1");
    assertThat(host.script("ls -A /var/lib").orThrow().lines()).doesNotContain("etcd");
    assertThat(host.script("head -c 5 /home/core/assets/backup/etcd/member/snap/db").out())
        .isNotEqualTo("newer");

    RunContext run = RunContext.standalone();
    QuorumRestorer restorer = restorer();
    Plan plan = run.plan(restorer);
    assertThat(plan.toString())
        .contains("take the only copy of the old data in", "put manifests back");
    run.carryOut(restorer, plan);

    survivor.assertOldDataIsKept();
  }

  /** It ends with 0, and there is no quorum; who the members are stands in etcd's log alone. */
  @Test
  void restore_afterARunForTwoMembers_isRefusedUntilItIsRunForOne() {
    String two = CLUSTER + ",etcd-member-other=https://10.0.0.77:2380";
    assertThat(survivor.restoreByHand("/home/core/snapshot.db", two)).contains("exit 0");
    survivor.awaitEtcd();

    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> restorer().restore());

    assertThat(refused.refusals()).extracting(Refusal::code).contains(Code.QUORUM_IS_THERE);
    host.script(
            """
            systemctl stop kubelet
            crictl stopp $(crictl pods -name etcd-member --state Ready -q)
            rm -rf /home/core/assets
            """)
        .orThrow();
    assertThat(survivor.restoreByHand("/home/core/snapshot.db", CLUSTER)).contains("exit 0");
    host.script("rm -rf /home/core/assets").orThrow();
  }

  /** It ends with 0 where what it was to make is not there. */
  @Test
  void tokenize_withoutAHostName_endsWith0() {
    String tokenized =
        host.script("cd /tmp && KUBE_ETCD_SIGNER_SERVER=image tokenize-signer.sh; echo exit $?")
            .orThrow();
    assertThat(tokenized).contains("Hostname required", "exit 0");
    restorer().restore();
  }

  private QuorumRestorer restorer() {
    return survivor.restorer(survivor.ssh(), OpenShift41.scripts()).build();
  }

  private static void await(String what, BooleanSupplier holds) {
    RunContext.standalone()
        .await(
            Wait.named(what, Duration.ofMinutes(2)),
            () -> holds.getAsBoolean() ? Poll.done(what) : Poll.<String>notYet("not yet"));
  }
}
