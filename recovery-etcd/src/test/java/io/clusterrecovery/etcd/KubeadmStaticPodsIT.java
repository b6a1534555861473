package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.testkit.LabHost;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A control plane of one host that kubeadm made loses quorum to a member that never comes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class KubeadmStaticPodsIT {
  /** Manifests by content, data by inode, and the etcd that runs. The others die without it. */
  private static final String STATE =
      """
      cksum /etc/kubernetes/manifests/*
      stat -c '%n %i %a %u' /var/lib/etcd /var/lib/etcd/member
      find /var/lib/cluster-recovery | sort
      pgrep -x etcd
      """;

  private KubeadmSurvivor survivor;
  private LabHost host;
  private KubeadmObjects objects;

  @BeforeAll
  void makeCluster(@TempDir Path folder) throws Exception {
    survivor = KubeadmSurvivor.start(folder);
    host = survivor.host();
    objects = survivor.objects();
    objects.create("before");
    survivor.save();
    objects.create("after");
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

  @Test
  @Order(1)
  void rehearse_withTheEtcdOfThePod_givesWhatWasInspectedAndTouchesNothing() {
    host.script("mkdir -p -m 700 /var/lib/cluster-recovery").orThrow();
    String before = state();
    Snapshot inspected = Snapshot.inspect(survivor.snapshot());

    RehearsalResult rehearsed =
        SnapshotRehearsal.on(survivor.ssh())
            .fromSnapshot(survivor.snapshot())
            .tools(survivor.etcdutl())
            .build()
            .rehearse();

    assertThat(rehearsed.keys()).isEqualTo(inspected.contents().keys());
    assertThat(rehearsed.server()).contains(KubeadmSurvivor.version());
    assertThat(state()).isEqualTo(before);
  }

  @Test
  @Order(2)
  void restore_hostWithoutATool_isRefused() throws Exception {
    QuorumRestorerBuilder nobodyVouched = fromSnapshot();
    survivor.loseQuorum();

    assertRefused(nobodyVouched, Code.QUORUM_UNKNOWN);
    assertRefused(survivor.restorer(survivor.ssh(), KubeadmStaticPods.ofHost()), Code.TOOL_MISSING);
  }

  @Test
  @Order(3)
  void rollback_ofARestoreThatCrashed_putsDataAndManifestsBack() {
    survivor.markOldData();
    CrashingHost crashing =
        new CrashingHost(survivor.ssh(), "there was no etcd data", CrashingHost.When.AFTER);
    assertThatThrownBy(() -> survivor.restorer(crashing, survivor.etcdutl()).build().restore())
        .isInstanceOf(CrashingHost.Crash.class);

    fromSnapshot().build().rollback();

    survivor.assertAsBefore();
    host.script("rm -r /var/lib/cluster-recovery").orThrow();
  }

  @Test
  @Order(3)
  void restore_fromSnapshot_givesItsContentByNewContainers() throws Exception {
    String manifests = host.script("cksum /etc/kubernetes/manifests/*").orThrow();
    List<String> containers = containers();
    StaticPodFiles files = StaticPodFiles.of(survivor.ssh(), "/nonexistent");
    QuorumRestorer restorer = fromSnapshot().build();
    Plan accepted = restorer.plan();

    RestoreResult restored = restorer.restore(accepted);

    assertThat(restored.changed()).hasSize(9);
    assertAlone();
    assertThat(host.script("cksum /etc/kubernetes/manifests/*").orThrow()).isEqualTo(manifests);
    assertThat(restored.oldMembersSeen()).isEmpty();
    assertThat(
            new StaticPodHost(survivor.ssh(), files)
                .logged(files.etcd().orElseThrow(), List.of("absent", "ready to serve client")))
        .isNotEmpty()
        .allMatch(line -> line.contains("ready to serve client"));
    assertThat(containers()).hasSize(4).doesNotContainAnyElementsOf(containers);
    objects.awaitNames("before");
    assertThat(host.script("cat /var/lib/cluster-recovery/*/etcd-data-1/manifest").orThrow())
        .contains("from=/var/lib/etcd/member", "mode=700");
    assertThat(
            host.script("cd /var/lib/cluster-recovery && find . -type f | sort").orThrow().lines())
        .allMatch(file -> file.matches(".*/(etcd-data-1/.*|restore\\.json|begun|unit-was)"));
  }

  @Test
  @Order(4)
  void restore_again_changesNothingAndSaysSo() {
    String before = state();

    QuorumRestorer again = fromSnapshot().build();
    RestoreResult second = again.restore();

    assertThat(again.plan().satisfied()).isTrue();
    assertThat(again.plan().toString()).contains("already restored");
    assertThat(second.changed()).isEmpty();
    assertThat(state()).isEqualTo(before);
  }

  @Test
  @Order(4)
  void rollback_onceTheControlPlaneHasWritten_isRefusedAndNothingIsTouched() {
    String before = state();

    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> fromSnapshot().build().rollback());

    assertThat(refused.code()).isEqualTo(Code.ROLLBACK_WOULD_LOSE);
    assertThat(state()).isEqualTo(before);
  }

  @Test
  @Order(5)
  void restore_fromOwnData_keepsAllOfItAndRemovesTheFlag() throws Exception {
    objects.create("later");
    String manifests = host.script("cksum /etc/kubernetes/manifests/*").orThrow();
    survivor.loseQuorum();
    QuorumRestorer restorer = fromOwnData().build();

    RestoreResult restored = restorer.restore();

    assertThat(restored.changed()).hasSize(6);
    assertAlone();
    assertThat(host.script("cksum /etc/kubernetes/manifests/*").orThrow()).isEqualTo(manifests);
    assertThat(host.script("pgrep -f -- '^etcd.*--force-new' || true").orThrow()).isEmpty();
    objects.awaitNames("before", "later");
    assertThat(host.script("cat /var/lib/cluster-recovery/*/etcd-data-1/manifest").orThrow())
        .contains("what=copy of the etcd data directory");
    assertThat(fromOwnData().build().restore().changed()).isEmpty();
  }

  @Test
  @Order(6)
  void fence_masterThatServes_stopsAllFourAndKeepsThemStoppedWhenTheKubeletStartsAnew()
      throws Exception {
    fence();

    assertThat(containers()).isEmpty();
    assertThat(host.script("systemctl is-active kubelet; true").orThrow()).isEqualTo("active");
    host.run("systemctl", "restart", "kubelet").orThrow();
    survivor.placeCanary();
    survivor.awaitCanary();
    assertThat(containers()).isEmpty();
  }

  @Test
  @Tag("full")
  @Order(7)
  void fence_masterThatIsBooted_runsNoneOfTheFour() {
    host.powerOff();
    host.boot();

    survivor.awaitCanary();
    assertThat(containers()).isEmpty();
  }

  @Test
  @Order(8)
  void unfence_fencedMaster_servesAsBefore() throws Exception {
    host.script("rm /etc/kubernetes/manifests/canary.yaml").orThrow();
    Plan.Builder plan = Plan.of("unfence", "master-0");
    KubeadmStaticPods.ofHost()
        .prepareUnfence(survivor.ssh(), RunContext.standalone(), plan)
        .accept(RunContext.standalone());

    assertThat(plan.build().changes()).hasSize(1);
    objects.awaitNames("before", "later");
    assertThat(host.script("ls -d /var/lib/cluster-recovery/*/manifests; true").orThrow())
        .contains("No such file");
    Plan.Builder again = Plan.of("unfence", "master-0");
    KubeadmStaticPods.ofHost().prepareUnfence(survivor.ssh(), RunContext.standalone(), again);
    assertThat(again.build().changes()).isEmpty();
  }

  private void fence() {
    RunContext run = RunContext.standalone();
    Plan.Builder plan = Plan.of("fence", "master-0");
    Consumer<RunContext> fence = KubeadmStaticPods.ofHost().prepareFence(survivor.ssh(), run, plan);
    assertThat(plan.build().changes()).hasSize(1);
    fence.accept(run);
    Plan.Builder again = Plan.of("fence", "master-0");
    KubeadmStaticPods.ofHost().prepareFence(survivor.ssh(), run, again);
    assertThat(again.build().changes()).isEmpty();
  }

  private void assertAlone() throws Exception {
    assertThat(survivor.etcdctl("member", "list"))
        .hasLineCount(1)
        .contains(", started, master-0, https://" + host.address() + ":2380");
  }

  private List<String> containers() {
    String listed =
        host.script(
                "for p in $(pgrep -f '^etcd --[^n]'; pgrep -f '^kube-'); do"
                    + " grep -oE '[0-9a-f]{64}' /proc/$p/cgroup | head -n 1; done")
            .orThrow();
    return listed.lines().toList();
  }

  private RefusedException assertRefused(QuorumRestorerBuilder settings, Code code) {
    return new Untouched(this::state).by(settings, code);
  }

  private String state() {
    return host.script(STATE + "true").orThrow();
  }

  private QuorumRestorerBuilder fromSnapshot() {
    return survivor.restorer(survivor.ssh(), survivor.etcdutl());
  }

  private QuorumRestorerBuilder fromOwnData() {
    return survivor.ownDataRestorer(survivor.ssh());
  }
}
