package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Code;
import io.clusterrecovery.Outcome;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.Report;
import io.clusterrecovery.Runbook;
import io.clusterrecovery.StepRef;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.LabHost;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two of three hosts go; the third is restored, after everything that must be refused was. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class QuorumRestorerIT {
  private static final URI PEER = URI.create("https://etcd-0.lab.test:2380");
  private static final String MARK = "/root/mark";

  private Path folder = Path.of("unset");
  private EtcdLab lab;
  private LabHost survivor;
  private SshHost ssh;
  private Path snapshot = Path.of("unset");
  private String oldClusterId = "";
  private Instant firstVerified = Instant.EPOCH;

  @BeforeAll
  void loseTwoOfThree(@TempDir Path temporary) throws Exception {
    folder = temporary;
    lab = EtcdLab.of("a", "b", "c");
    survivor = lab.lab.host("a");
    ssh = lab.ssh(survivor);
    snapshot = folder.resolve("snapshot.db");
    for (int i = 0; i < 5; i++) {
      lab.etcdctl(List.of(survivor), "put", "/before/" + i, "v" + i);
    }
    lab.etcdctl(List.of(survivor), "snapshot", "save", snapshot.toString());
    lab.etcdctl(List.of(survivor), "put", "/after", "v");
    try (EtcdClient client = lab.cluster(survivor).connect(lab.lab.etcd().endpoint(survivor))) {
      oldClusterId = client.status().clusterId();
    }
  }

  @AfterAll
  void stop() {
    ssh.close();
    lab.close();
  }

  @Test
  @Order(1)
  void restore_allMembersAlive_isRefusedSinceQuorumIsThere() {
    assertRefused(settings().lost("b", "c"), Code.QUORUM_IS_THERE);
  }

  @Test
  @Order(2)
  void restore_twoPoweredOffAndNobodyVouched_isRefusedAsUnknown() {
    lab.lab.host("b").powerOff();
    lab.lab.host("c").powerOff();
    survivor.script("cp -a /var/lib/etcd /root/saved && touch " + MARK).orThrow();

    RefusedException refused = assertRefused(settings(), Code.QUORUM_UNKNOWN);

    assertThat(refused.getMessage()).contains("lost(\"b\")", "lost(\"c\")");
    assertRefused(settings().lost("b"), Code.QUORUM_UNKNOWN);
  }

  @Test
  @Order(3)
  void restore_withSomethingWrong_isRefusedBeforeAnythingIsChanged() throws Exception {
    byte[] whole = Files.readAllBytes(snapshot);
    Path cut = Files.write(folder.resolve("cut.db"), Arrays.copyOf(whole, whole.length / 2));

    assertRefused(with(folder.resolve("none.db"), "a", PEER), Code.SNAPSHOT_UNREADABLE);
    assertRefused(with(cut, "a", PEER), Code.SNAPSHOT_TRUNCATED);
    assertRefused(with(snapshot, "nobody", PEER), Code.MEMBER_UNKNOWN);
    assertRefused(settings().lost("b", "c", "nobody"), Code.MEMBER_UNKNOWN);
    assertRefused(
        with(snapshot, "a", URI.create("https://etcd-1.lab.test:2380")), Code.MEMBER_MISMATCH);
  }

  @Test
  @Order(3)
  void restore_endpointThatNeverAnswers_isRefused() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      URI endpoint = URI.create("https://127.0.0.1:" + silent.getLocalPort());

      assertRefused(
          settings(ssh, lab.clusterAt(endpoint))
              .fromSnapshot(snapshot)
              .member("a", PEER)
              .lost("b", "c"),
          Code.ETCD_UNREACHABLE);
    }
  }

  @Test
  @Order(3)
  void restore_certificatesThatEtcdDoesNotAccept_isRefused() {
    EtcdCluster untrusted =
        EtcdCluster.at(lab.lab.etcd().endpoint(survivor))
            .tls(lab.lab.etcd().cert(), lab.lab.etcd().cert(), lab.lab.etcd().key())
            .build();

    assertRefused(
        settings(ssh, untrusted).fromSnapshot(snapshot).member("a", PEER).lost("b", "c"),
        Code.ETCD_ACCESS_DENIED);
  }

  @Test
  @Order(3)
  void restore_hostThatCannotBeTrusted_isRefused() throws Exception {
    String other = lab.keyOf(lab.lab.host("b"));
    Path changed =
        Files.writeString(folder.resolve("known_hosts"), survivor.address() + " " + other + "\n");

    try (SshHost off = lab.ssh(lab.lab.host("b"));
        SshHost wrongKey = lab.sshAt(survivor.address(), changed)) {
      assertRefused(on(off), Code.HOST_UNREACHABLE);
      assertRefused(on(wrongKey), Code.HOST_KEY_CHANGED);
    }
  }

  @Test
  @Order(4)
  void plan_bothVouchedFor_printsWhatWillBeDone() {
    String before = EtcdLab.state(survivor);

    String plan = settings().lost("b", "c").namingLoss().build().plan().toString();

    assertThat(plan)
        .contains("copy the snapshot", "stop etcd", "move the old data aside", "start etcd")
        .contains("2 of 3 voters lost")
        .contains("keys: 1 created, 0 changed, 0 deleted", "created keys /after");
    assertThat(EtcdLab.state(survivor)).isEqualTo(before);
  }

  @Test
  @Order(5)
  void restore_bothVouchedFor_givesAClusterOfOneWithTheSnapshotsContent() throws Exception {
    QuorumRestorer restorer = settings().lost("b", "c").lastKnownResourceVersion(5_000_000).build();
    Plan accepted = restorer.plan();

    RestoreResult restored = restorer.restore(accepted);

    firstVerified = restored.verifiedAt();
    assertThat(restored.changed()).hasSize(6);
    assertThat(restored.member().name()).isEqualTo("a");
    assertThat(restored.oldMembersSeen()).isEmpty();
    assertThat(Snapshot.inspect(restored.before().file().orElseThrow()).contents().revision())
        .isEqualTo(restored.before().revision());
    assertThat(restored.before().revision()).isEqualTo(7);
    assertThat(Snapshot.inspect(restored.after().file().orElseThrow()).members())
        .extracting(EtcdMember::name)
        .containsExactly("a");
    assertThat(restored.after().revision()).isGreaterThanOrEqualTo(restored.revision());
    assertThat(restored.revision()).isGreaterThan(lab.raisesRevisions() ? 1_005_000_000L : 6);
    restoredHost().assertRestored();
    assertThat(survivor.run("systemctl", "is-active", "etcd").orThrow()).isEqualTo("active");
  }

  @Test
  @Order(6)
  void restore_again_changesNothingAndGivesTheFirstTime() throws Exception {
    String before = EtcdLab.state(survivor);

    QuorumRestorer again = settings().lost("b", "c").build();
    RestoreResult second = again.restore();

    assertThat(again.plan().satisfied()).isTrue();
    assertThat(second.changed()).isEmpty();
    assertThat(second.verifiedAt()).isEqualTo(firstVerified);
    assertThat(EtcdLab.state(survivor)).isEqualTo(before);
  }

  @ParameterizedTest
  @Order(7)
  @CsvSource({
    "upload, AFTER",
    "-restore, AFTER",
    "chown -R --reference, BEFORE",
    "systemctl stop, AFTER",
    "moved aside by a restore, AFTER",
    "there was no etcd data, BEFORE",
    "there was no etcd data, AFTER",
    "systemctl reset-failed, AFTER",
    "rm -f --, AFTER",
    "cat >, AFTER"
  })
  void resume_afterACrash_endsWithTheSameState(String words, CrashingHost.When when)
      throws Exception {
    lab.loseQuorumAgain(survivor, "cp -a /root/saved /var/lib/etcd");

    crashAndResume(words, when);

    restoredHost().assertRestored();
    assertThat(survivor.script("ls -d /var/lib/cluster-recovery/*/etcd-data-1/member").orThrow())
        .hasLineCount(1);
  }

  @Test
  @Order(8)
  void resume_afterACrashWhereThereWasNoData_endsWithTheSameState() throws Exception {
    lab.loseQuorumAgain(
        survivor, "install -d -m 700 /var/lib/etcd; systemctl stop etcd; rm -rf /var/lib/etcd/*");

    crashAndResume("systemctl reset-failed", CrashingHost.When.AFTER);

    restoredHost().assertContent();
  }

  @Test
  @Order(9)
  void restore_dataOnAFileSystemOfItsOwn_keepsTheOldDataBesideIt() throws Exception {
    lab.loseQuorumAgain(
        survivor,
        "mkdir -p /var/lib/etcd && mount -t tmpfs -o size=512m,mode=700 tmpfs /var/lib/etcd"
            + " && cp -a /root/saved/. /var/lib/etcd/");

    QuorumRestorer restorer = on(ssh).build();
    assertThat(restorer.plan().toString())
        .contains("the survivor's own data, since etcd does not answer")
        .contains("has come to revision 7");
    restorer.restore();

    restoredHost().assertContent();
    assertThat(survivor.script("cat /var/lib/etcd/recovery-*/etcd-data-1/manifest").orThrow())
        .contains("from=/var/lib/etcd/member");
  }

  private void crashAndResume(String words, CrashingHost.When when) throws Exception {
    Path journal = Files.createTempDirectory(folder, "run").resolve("journal");
    assertThatThrownBy(() -> book(new CrashingHost(ssh, words, when), journal).run())
        .isInstanceOf(CrashingHost.Crash.class);

    Report report = book(ssh, journal).resume();

    assertThat(report.orThrow().outcome()).isEqualTo(Outcome.DONE);
  }

  /** etcd that was restarted without quorum is silent, so the list of members has to be forced. */
  private Runbook book(RemoteHost host, Path journal) {
    Runbook.Builder book = Runbook.named("restore").journal(journal);
    StepRef<RestoreResult> step =
        book.step("restore quorum", on(host).acceptMemberListOfSnapshot().build());
    assertThat(step.name()).isEqualTo("restore quorum");
    return book.build();
  }

  private RestoredHost restoredHost() {
    return new RestoredHost(lab, survivor, oldClusterId, MARK);
  }

  private RefusedException assertRefused(QuorumRestorerBuilder settings, Code code) {
    String before = EtcdLab.state(survivor);
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> settings.build().restore());
    assertThat(refused).as(code.toString()).isNotNull();
    assertThat(refused.code()).as(refused.getMessage()).isEqualTo(code);
    assertThat(EtcdLab.state(survivor)).isEqualTo(before);
    return refused;
  }

  private QuorumRestorerBuilder settings() {
    return settings(ssh, lab.cluster(survivor)).fromSnapshot(snapshot).member("a", PEER);
  }

  private QuorumRestorerBuilder on(RemoteHost host) {
    return settings(host, lab.cluster(survivor))
        .fromSnapshot(snapshot)
        .member("a", PEER)
        .lost("b", "c");
  }

  private QuorumRestorerBuilder with(Path file, String name, URI peer) {
    return settings(ssh, lab.cluster(survivor))
        .fromSnapshot(file)
        .member(name, peer)
        .lost("b", "c");
  }

  private QuorumRestorerBuilder settings(RemoteHost host, EtcdCluster etcd) {
    return QuorumRestorer.on(host)
        .etcd(etcd)
        .oldMembersWatch(Duration.ofMillis(1))
        .safetySnapshotsIn(folder.resolve("safety"))
        .method(SystemdEtcd.unit("etcd"));
  }
}
