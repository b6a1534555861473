package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.RefusedException;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.LabHost;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Two of five are left, and one of them has missed what was written last. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class SurvivorChoiceIT {
  private static final int MISSED = 20;

  private EtcdLab lab;
  private LabHost ahead;
  private LabHost behind;
  private SshHost sshAhead;
  private SshHost sshBehind;
  private Path snapshot;
  private long commitIndex;

  @BeforeAll
  void loseThreeAfterOneHasMissedSomething(@TempDir Path folder) throws Exception {
    lab = EtcdLab.of("a", "b", "c", "d", "e");
    ahead = lab.lab.host("a");
    behind = lab.lab.host("b");
    sshAhead = lab.ssh(ahead);
    sshBehind = lab.ssh(behind);
    snapshot = folder.resolve("snapshot.db");
    lab.etcdctl(List.of(ahead), "put", "/before", "v");
    lab.etcdctl(List.of(ahead), "snapshot", "save", snapshot.toString());
    behind.run("systemctl", "stop", "etcd").orThrow();
    for (int i = 0; i < MISSED; i++) {
      lab.etcdctl(List.of(ahead), "put", "/missed/" + i, "v");
    }
    List.of("c", "d", "e").forEach(name -> lab.lab.host(name).powerOff());
    lab.awaitNoLeader(ahead);
    try (EtcdClient client = lab.cluster(ahead).connect(lab.lab.etcd().endpoint(ahead))) {
      commitIndex = client.status().raftIndex();
    }
    behind.run("systemctl", "start", "--no-block", "etcd").orThrow();
  }

  @AfterAll
  void stop() {
    sshAhead.close();
    sshBehind.close();
    lab.close();
  }

  @Test
  @Order(1)
  void compare_oneRunning_recommendsTheOneThatHasMore() {
    SurvivorAdvice advice = choice().compare();

    assertThat(advice.recommended()).as(advice.toString()).contains("a");
    assertThat(advice.options().get(0).commitIndex()).isEqualTo(commitIndex);
    assertThat(advice.options().get(1).revisionsLost()).isEqualTo(MISSED);
    assertThat(advice.toString())
        .contains("The snapshot cannot be compared", "b was seen by its files")
        .doesNotContain("a was seen by its files");
  }

  @Test
  @Order(2)
  void compare_allStopped_tellsTheSameByTheirFilesAndChangesNothing() {
    ahead.run("systemctl", "stop", "etcd").orThrow();
    behind.run("systemctl", "stop", "etcd").orThrow();
    String before = EtcdLab.state(ahead) + EtcdLab.state(behind);

    SurvivorAdvice advice = choice().compare();

    assertThat(advice.recommended()).as(advice.toString()).contains("a");
    assertThat(advice.options().get(0).commitIndex()).isEqualTo(commitIndex);
    assertThat(advice.options().get(1).commitIndex()).isLessThanOrEqualTo(commitIndex - MISSED);
    assertThat(advice.toString()).contains("a was seen by its files", "b was seen by its files");
    assertThat(EtcdLab.state(ahead) + EtcdLab.state(behind)).isEqualTo(before);
  }

  @Test
  @Order(3)
  void compare_hostGivenAsAnotherMember_isNotComparedAsThat() {
    SurvivorAdvice advice =
        SurvivorChoice.by(SystemdEtcd.unit("etcd"))
            .candidate("b", sshAhead)
            .candidate("c", sshBehind)
            .build()
            .compare();

    assertThat(advice.recommended()).isEmpty();
    assertThat(advice.toString())
        .contains("what is there is member a", "what is there is member b");
  }

  @Test
  @Order(4)
  void compare_dataGone_recommendsTheOtherAndSaysWhatIsNotKnown() {
    ahead.script("rm -rf /var/lib/etcd/member").orThrow();

    SurvivorAdvice advice = choice().compare();

    assertThat(advice.recommended()).contains("b");
    assertThat(advice.toString())
        .contains("a is not known, and may have more: its data is not known");
  }

  @Test
  @Order(5)
  void compare_snapshotThatIsNone_isRefused(@TempDir Path folder) {
    SurvivorChoice choice =
        SurvivorChoice.by(SystemdEtcd.unit("etcd"))
            .candidate("a", sshAhead)
            .snapshot(folder.resolve("none"))
            .build();

    assertThatThrownBy(choice::compare).isInstanceOf(RefusedException.class);
  }

  private SurvivorChoice choice() {
    return SurvivorChoice.by(SystemdEtcd.unit("etcd"))
        .candidate("a", sshAhead, lab.cluster(ahead))
        .candidate("b", sshBehind, lab.cluster(behind))
        .snapshot(snapshot)
        .build();
  }
}
