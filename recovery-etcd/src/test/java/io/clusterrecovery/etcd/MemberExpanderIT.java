package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Code;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.LabHost;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A cluster of one, as a restore leaves it, grows to three on two new hosts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class MemberExpanderIT {
  /** Of the command that starts etcd alone; what lifts a fence may start it on other lines. */
  static final String STARTED = "2>/dev/null; exec systemctl start";

  private EtcdLab lab;
  private LabHost first;
  private LabHost second;
  private LabHost third;
  private SshHost secondSsh;
  private SshHost thirdSsh;

  @BeforeAll
  void start() throws Exception {
    lab = EtcdLab.of("one");
    first = lab.lab.host("one");
    second = lab.lab.create("two");
    third = lab.lab.create("three");
    secondSsh = lab.ssh(second);
    thirdSsh = lab.ssh(third);
    for (int i = 0; i < 20; i++) {
      lab.etcdctl(List.of(first), "put", "/key/" + i, "v" + i);
    }
  }

  @AfterAll
  void stop() {
    secondSsh.close();
    thirdSsh.close();
    lab.close();
  }

  @Test
  @Order(2)
  void expand_etcdThatCannotStart_isUndoneByItsId() throws Exception {
    String before = lab.etcdctl(List.of(first), "member", "list");
    second.script("cd /etc/etcd/pki && mv peer.crt kept && echo broken > peer.crt").orThrow();
    RecoveryException failure = failureOfTwo();
    second.script("cd /etc/etcd/pki && mv kept peer.crt").orThrow();

    assertThat(failure).isNotNull().isNotInstanceOf(RefusedException.class);
    assertThat(failure.code()).isEqualTo(Code.ETCD_UNREACHABLE);
    assertThat(failure.getMessage())
        .contains("etcd on " + secondSsh.name(), "failed to find any PEM data");
    assertThat(failure.getSuppressed()).isEmpty();
    assertThat(failure.changed())
        .extracting(c -> c.id())
        .contains("grow/add-learner/two", "grow/start/two");
    assertThat(lab.etcdctl(List.of(first), "member", "list")).isEqualTo(before);
    assertThat(second.run("systemctl", "is-active", "etcd").ok()).isFalse();
    assertNothingOfTheStartIsLeft(second);
  }

  @Test
  @Order(3)
  void expand_afterACrashBetweenAddAndStart_goesOn() {
    RemoteHost crashing =
        new CrashingHost(secondSsh, "90-cluster-recovery.env", CrashingHost.When.BEFORE);
    assertThatThrownBy(() -> expander().add("two", EtcdLab.peer(second), crashing).build().expand())
        .isInstanceOf(CrashingHost.Crash.class);

    Membership grown = expander().add("two", EtcdLab.peer(second), secondSsh).build().expand();

    assertThat(grown.voters()).isEqualTo(2);
    assertThat(grown.changed())
        .extracting(c -> c.id())
        .containsExactly("grow/start/two", "grow/promote/two");
    assertNothingOfTheStartIsLeft(second);
  }

  @Test
  @Order(4)
  void expand_afterACrashBehindTheStart_goesOn() throws Exception {
    RemoteHost crashing = new CrashingHost(thirdSsh, STARTED, CrashingHost.When.AFTER);
    assertThatThrownBy(() -> both(crashing).build().expand())
        .isInstanceOf(CrashingHost.Crash.class);

    Membership grown = both(thirdSsh).build().expand();

    assertThat(grown.voters()).isEqualTo(3);
    assertThat(grown.members()).allMatch(EtcdMember::started);
    assertThat(lab.etcdctl(List.of(first), "member", "list").lines())
        .hasSize(3)
        .allMatch(line -> line.contains(", started, ") && line.endsWith("false"));
    assertThat(lab.hashes(List.of(first, second, third))).hasSize(1);
    assertNothingOfTheStartIsLeft(second);
    assertNothingOfTheStartIsLeft(third);
  }

  @Test
  @Order(5)
  void expand_again_changesNothing() {
    String before = EtcdLab.state(second) + EtcdLab.state(third);

    MemberExpander again = both(thirdSsh).build();
    Membership grown = again.expand();

    assertThat(again.plan().satisfied()).isTrue();
    assertThat(grown.changed()).isEmpty();
    assertThat(grown.voters()).isEqualTo(3);
    assertThat(EtcdLab.state(second) + EtcdLab.state(third)).isEqualTo(before);
  }

  @Test
  @Order(6)
  void expand_whileAVoterIsDown_isRefused() throws Exception {
    second.run("systemctl", "stop", "etcd").orThrow();

    assertRefused(
        expander().add("four", URI.create("https://10.9.9.9:2380"), thirdSsh),
        Code.MEMBERSHIP_UNHEALTHY);
  }

  @Test
  @Order(7)
  void replace_memberThatAnswers_isRefused() {
    RefusedException refused =
        assertRefused(
            expander().replace("three", "four", URI.create("https://10.9.9.9:2380"), thirdSsh),
            Code.LOST_MEMBER_ALIVE);
    assertThat(refused.refusals())
        .extracting(Refusal::code)
        .contains(Code.LOST_MEMBER_ALIVE, Code.MEMBERSHIP_UNHEALTHY);
  }

  @Test
  @Order(8)
  void replace_deadMember_removesItBeforeTheNewOneIsAdded() {
    LabHost four = lab.lab.create("four");
    try (SshHost fourSsh = lab.ssh(four)) {
      MemberExpander replacing =
          expander().replace("two", "four", EtcdLab.peer(four), fourSsh).build();
      Membership grown = replacing.expand();

      assertThat(grown.changed())
          .extracting(c -> c.id())
          .containsExactly(
              "grow/remove/two", "grow/add-learner/four", "grow/start/four", "grow/promote/four");
      assertThat(grown.members())
          .extracting(EtcdMember::name)
          .containsExactlyInAnyOrder("one", "three", "four");
      assertThat(grown.voters()).isEqualTo(3);
      assertThat(replacing.plan().satisfied()).isTrue();
    }
  }

  @Test
  @Order(9)
  void expand_hostThatComesBackWithDataOfAMemberThatIsNone_movesItAside() {
    MemberExpander expander = expander().add("two", EtcdLab.peer(second), secondSsh).build();

    assertThat(expander.plan().changes().get(0).toString())
        .contains("move old etcd data aside", "data of member ");
    Membership grown = expander.expand();

    assertThat(grown.voters()).isEqualTo(4);
    assertThat(grown.changed())
        .extracting(c -> c.id())
        .startsWith("grow/old-data/" + secondSsh.name(), "grow/add-learner/two");
    assertThat(second.script("cat /var/lib/cluster-recovery/*/etcd-learner-1/manifest").orThrow())
        .contains("from=/var/lib/etcd/member");
  }

  @Test
  @Order(10)
  void expand_hostOfAVoterUnderAnotherName_isRefused() {
    RefusedException refused =
        assertRefused(
            expander().add("five", URI.create("https://10.9.9.9:2380"), secondSsh),
            Code.MEMBER_ALREADY_THERE);

    assertThat(refused.refusals())
        .extracting(Refusal::found)
        .anyMatch(found -> found.contains("an address of member two"))
        .anyMatch(found -> found.contains("holds the data of member two"));
  }

  /** Three of four are left, so that their number does not tell that one is missing. */
  @Test
  @Order(11)
  void replace_afterACrashBehindTheRemovalFromFour_goesOn() {
    second.powerOff();
    LabHost five = lab.lab.create("five");
    try (SshHost fiveSsh = lab.ssh(five)) {
      EtcdCluster dying = CrashPoint.behind("remove").on(lab.cluster(first));
      assertThatThrownBy(() -> replacingTwo(dying, five, fiveSsh).expand())
          .isInstanceOf(CrashingHost.Crash.class);

      Membership grown = replacingTwo(lab.cluster(first), five, fiveSsh).expand();

      assertThat(grown.changed()).extracting(c -> c.id()).startsWith("grow/add-learner/five");
      assertThat(grown.voters()).isEqualTo(4);
      assertThat(five.run("sh", "-c", "ls /var/lib/cluster-recovery/*/replaced-member").ok())
          .isFalse();
    }
  }

  private static MemberExpander replacingTwo(EtcdCluster cluster, LabHost host, SshHost ssh) {
    return MemberExpander.on(cluster).replace("two", "five", EtcdLab.peer(host), ssh).build();
  }

  private RecoveryException failureOfTwo() {
    return catchThrowableOfType(
        RecoveryException.class,
        () ->
            expander()
                .add("two", EtcdLab.peer(second), secondSsh)
                .syncLimit(Duration.ofMinutes(2))
                .build()
                .expand());
  }

  private void assertNothingOfTheStartIsLeft(LabHost host) {
    String found =
        host.script(
                "find /run/systemd/system /var/lib/cluster-recovery -name '90-cluster*'"
                    + " 2>/dev/null; true")
            .orThrow();
    assertThat(found).isEmpty();
    assertThat(host.run("systemctl", "show", "etcd", "--property=DropInPaths").orThrow())
        .isEqualTo("DropInPaths=");
  }

  private RefusedException assertRefused(MemberExpander.Builder settings, Code code) {
    return EtcdLab.refused(settings, code, second);
  }

  private MemberExpander.Builder both(RemoteHost thirdHost) {
    return expander()
        .add("two", EtcdLab.peer(second), secondSsh)
        .add("three", EtcdLab.peer(third), thirdHost);
  }

  private MemberExpander.Builder expander() {
    return MemberExpander.on(lab.cluster(first));
  }
}
