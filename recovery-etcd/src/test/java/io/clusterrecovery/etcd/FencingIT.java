package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.LabHost;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Three of five hosts go; of the two that are left, one is restored and the other fenced. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class FencingIT {
  private EtcdLab lab;
  private SshHost ssh;
  private SshHost other;
  private Path snapshot = Path.of("unset");

  @BeforeAll
  void loseThreeOfFive(@TempDir Path folder) throws Exception {
    lab = EtcdLab.of("a", "b", "c", "d", "e");
    ssh = lab.ssh(host("a"));
    other = lab.ssh(host("b"));
    snapshot = folder.resolve("snapshot.db");
    lab.etcdctl(List.of(host("a")), "put", "/before", "v");
    lab.etcdctl(List.of(host("a")), "snapshot", "save", snapshot.toString());
    List.of("c", "d", "e").forEach(name -> host(name).powerOff());
    List.of("a", "b").forEach(name -> lab.awaitNoLeader(host(name)));
  }

  @AfterAll
  void stop() {
    ssh.close();
    other.close();
    lab.close();
  }

  @Test
  @Order(1)
  void restore_beside_aMemberThatRuns_isRefusedAndNothingIsTouched() {
    String before = EtcdLab.state(host("a")) + EtcdLab.state(host("b"));

    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> settings().build().restore());

    assertThat(refused.code()).isEqualTo(Code.LOST_MEMBER_ALIVE);
    assertThat(refused.getMessage()).contains("memberHost(");
    assertThat(EtcdLab.state(host("a")) + EtcdLab.state(host("b"))).isEqualTo(before);
  }

  @Test
  @Order(2)
  void restore_withAccessToTheRunningMember_stopsItBeforeAnythingIsDestroyed() throws Exception {
    QuorumRestorer restorer = settings().memberHost("b", other).build();
    Plan plan = restorer.plan();

    restorer.restore(plan);

    assertThat(plan.toString()).contains("3 of 5 voters lost", "etcd on its host runs");
    assertThat(plan.changes())
        .extracting(change -> change.id().replaceAll("@.*", ""))
        .containsExactly(
            "restore/copy-snapshot",
            "restore/restore-aside",
            "fence/etcd",
            "restore/stop",
            "restore/move-aside",
            "restore/move-in",
            "restore/start");
    assertThat(lab.etcdctl(List.of(host("a")), "member", "list")).hasLineCount(1);
    assertFenced();
  }

  @Test
  @Order(3)
  void fencedHost_startedByHandOrBooted_doesNotRunEtcd() {
    host("b").run("systemctl", "start", "etcd");
    assertFenced();

    host("b").powerOff();
    host("b").boot();

    assertThat(host("b").script("systemctl is-system-running --wait; true").orThrow())
        .isEqualTo("running");
    assertFenced();
    assertThat(host("b").script("ls -d /var/lib/etcd/member").orThrow()).isNotEmpty();
  }

  @Test
  @Order(4)
  void lift_ofAFence_startsWhatRanBeforeAndLeavesNothing() {
    UnitFence.liftAndStart(other, "etcd");

    assertThat(host("b").script("systemctl is-active etcd; true").orThrow())
        .isIn("active", "activating");
    assertThat(
            host("b")
                .script(
                    "find /etc/systemd/system/etcd.service.d /var/lib/cluster-recovery -mindepth 1"
                        + " 2>/dev/null; true")
                .orThrow())
        .isEmpty();
  }

  @Test
  @Order(5)
  void memberOfTheOldCluster_thatRunsAgain_isNamedByTheLogOfTheRestoredOne() {
    RestoreMethod.Restoration restored =
        new RestoreMethod.Restoration() {
          @Override
          public boolean inPlace() {
            return true;
          }

          @Override
          public boolean serving() {
            return true;
          }

          @Override
          public void carryOut(RunContext run) {}

          @Override
          public List<String> logged(List<String> phrases) {
            return SystemdRestore.logged(ssh, "etcd", phrases);
          }
        };
    List<EtcdMember> old = Snapshot.inspect(snapshot).members();
    RunContext run = RunContext.standalone();

    assertThat(
            new OldMembers(old, Map.of())
                .asking(restored, run.clock().elapsed().plusSeconds(5), run))
        .containsExactly("b on etcd-1.lab.test");
    assertThat(new OldMembers(old, Map.of("b", other)).asking(restored, Duration.ZERO, run))
        .containsExactly("b on " + other.name());
  }

  private void assertFenced() {
    assertThat(host("b").script("systemctl is-active etcd; pgrep -x etcd; true").orThrow())
        .isEqualTo("inactive");
  }

  private LabHost host(String name) {
    return lab.lab.host(name);
  }

  private QuorumRestorerBuilder settings() {
    return QuorumRestorer.on(ssh)
        .etcd(lab.cluster(host("a")))
        .fromSnapshot(snapshot)
        .withoutSafetySnapshots()
        .member("a", URI.create("https://etcd-0.lab.test:2380"))
        .lost("c", "d", "e")
        .method(SystemdEtcd.unit("etcd"));
  }
}
