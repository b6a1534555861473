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

  /** Of another authority, as it does not matter whose: whom it is for is what is looked at. */
  private static final String OTHER_CERTIFICATE =
      """
      cd /etc/etcd/pki && cp peer.crt own.crt && cp peer.key own.key && mkdir /tmp/other || exit 1
      cd /tmp/other
      key='-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'
      openssl req -x509 $key -keyout ca.key -out ca.crt -subj /CN=others -days 2 2>&1
      openssl req $key -keyout peer.key -out peer.csr -subj /CN=other 2>&1
      echo subjectAltName=DNS:other.lab.test > names
      openssl x509 -req -in peer.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 \
        -extfile names -out peer.crt 2>&1
      cp peer.crt peer.key /etc/etcd/pki/
      """;

  private static final String OWN_CERTIFICATE =
      "cd /etc/etcd/pki && mv own.crt peer.crt && mv own.key peer.key && rm -r /tmp/other";

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
  @Order(1)
  void expand_hostConfiguredWithAnotherName_isRefused() {
    assertRefused(expander().add("other", peer(second), secondSsh), Code.MEMBER_MISMATCH);
  }

  @Test
  @Order(1)
  void expand_nameOfAMember_isRefused() {
    assertRefused(expander().add("one", peer(second), secondSsh), Code.MEMBER_ALREADY_THERE);
  }

  @Test
  @Order(1)
  void expand_peerUrlOfAnotherHost_isRefused() {
    assertRefused(expander().add("two", peer(third), secondSsh), Code.NAME_RESOLUTION);
  }

  @Test
  @Order(1)
  void expand_memberThatNobodyAskedForIsUnstarted_isRefusedWithItsId() throws Exception {
    String added =
        lab.etcdctl(
            List.of(first),
            "member",
            "add",
            "ghost",
            "--learner",
            "--peer-urls=https://10.9.9.9:1");
    String id = added.replaceAll("(?s)^Member +([0-9a-f]+) added.*", "$1");
    try {
      RefusedException refused =
          assertRefused(expander().add("two", peer(second), secondSsh), Code.MEMBERSHIP_UNHEALTHY);
      assertThat(refused.next()).contains(id);
    } finally {
      lab.etcdctl(List.of(first), "member", "remove", id);
    }
  }

  @Test
  @Order(1)
  void expand_hostThatHoldsEtcdData_isRefused() {
    second.run("mkdir", "-p", "/var/lib/etcd/member").orThrow();

    RefusedException refused =
        assertRefused(expander().add("two", peer(second), secondSsh), Code.MEMBER_ALREADY_THERE);
    assertThat(refused.found()).contains("whose it is cannot be told");

    second.run("rm", "-r", "/var/lib/etcd/member").orThrow();
  }

  @Test
  @Order(1)
  void expand_memberWithTheCertificateOfAnother_isRefused() {
    first.script(OTHER_CERTIFICATE).orThrow();
    try {
      assertThat(refusal(expander().add("two", peer(second), secondSsh)))
          .contains("The certificate of member one", "[other.lab.test]", "https://etcd-0.lab.test");
    } finally {
      first.script(OWN_CERTIFICATE).orThrow();
    }
  }

  @Test
  @Order(1)
  void expand_hostWithTheCertificateOfAnother_isRefused() {
    second.script(OTHER_CERTIFICATE).orThrow();
    try {
      assertThat(refusal(expander().add("two", peer(second), secondSsh)))
          .contains("The certificate of the new member two", peer(second).toString());
    } finally {
      second.script(OWN_CERTIFICATE).orThrow();
    }
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
    assertThatThrownBy(() -> expander().add("two", peer(second), crashing).build().expand())
        .isInstanceOf(CrashingHost.Crash.class);

    Membership grown = expander().add("two", peer(second), secondSsh).build().expand();

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
      MemberExpander replacing = expander().replace("two", "four", peer(four), fourSsh).build();
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
    MemberExpander expander = expander().add("two", peer(second), secondSsh).build();

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

  private RecoveryException failureOfTwo() {
    return catchThrowableOfType(
        RecoveryException.class,
        () ->
            expander()
                .add("two", peer(second), secondSsh)
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

  private String refusal(MemberExpander.Builder settings) {
    return assertRefused(settings, Code.MEMBER_MISMATCH).found();
  }

  private RefusedException assertRefused(MemberExpander.Builder settings, Code code) {
    String before = EtcdLab.state(second);
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> settings.build().expand());
    assertThat(refused).as(code.toString()).isNotNull();
    assertThat(refused.code()).as(refused.getMessage()).isEqualTo(code);
    assertThat(EtcdLab.state(second)).isEqualTo(before);
    return refused;
  }

  private MemberExpander.Builder both(RemoteHost thirdHost) {
    return expander().add("two", peer(second), secondSsh).add("three", peer(third), thirdHost);
  }

  private MemberExpander.Builder expander() {
    return MemberExpander.on(lab.cluster(first));
  }

  private static URI peer(LabHost host) {
    return URI.create("https://" + host.address() + ":2380");
  }
}
