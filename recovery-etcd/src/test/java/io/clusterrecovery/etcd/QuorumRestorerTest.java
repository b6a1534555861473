package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuorumRestorerTest {
  private static final URI PEER = URI.create("https://m0.test:2380");
  private static final Pattern WRITES =
      Pattern.compile(
          "\\b(rm|mv|cp|mkdir|rmdir|chmod|chown|tee|touch|dd|ln|kill|truncate|sync)\\b"
              + "|systemctl (?!show )|(?<![0-9<])>(?!&)");

  @TempDir Path folder;
  private RecordingHost host = new RecordingHost("10.0.0.10");
  private Path snapshot = Path.of("unset");

  @BeforeEach
  void clusterOfThree() throws Exception {
    byte[] bytes =
        BoltBytes.etcd(
            Map.of(
                "a", BoltBytes.member("m0", "127.0.0.1"),
                "b", BoltBytes.member("m1", "127.0.0.1"),
                "c", BoltBytes.member("m2", "127.0.0.1")));
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    snapshot = Files.write(folder.resolve("s.db"), BoltBytes.withTrailer(bytes));
    assertThat(text).contains("m2");
    host =
        new RecordingHost("10.0.0.10")
            .prints("/dev/tcp/", "asked\n")
            .prints("systemctl show", unit("inactive"))
            .prints("etcd-restored", facts());
    host.holds("/etc/etcd.env", "ETCD_NAME=m0\nETCD_DATA_DIR=/var/lib/etcd\n");
  }

  @Test
  void restore_refused_touchesNothing() {
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> restorer().build().restore());

    assertThat(refused.refusals())
        .extracting(Refusal::code)
        .contains(Code.QUORUM_UNKNOWN)
        .doesNotContain(Code.UNEXPECTED);
    assertNothingTouched();
  }

  @Test
  void restore_anotherOperatorHoldsTheHost_isToldWhoAndTouchesNothing() {
    host.holds(
        "/var/lib/cluster-recovery/lock",
        "{\"run\":\"theirs\",\"owner\":\"bob@desk\",\"machine\":\"desk\",\"process\":\"1\","
            + "\"since\":\"2026-11-23T00:00:00Z\",\"journal\":\"/home/bob/journal\"}");
    QuorumRestorer restorer = restorer("127.0.0.1").lost("m1", "m2").build();

    assertThatThrownBy(restorer::restore)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(
            "HOST_LOCKED: 10.0.0.10 is locked by bob@desk since 2026-11-23T00:00:00Z, for run"
                + " theirs (journal /home/bob/journal).");
    assertNothingTouched();
  }

  @Test
  void plan_ofALostCluster_listsEveryChangeAndTouchesNothing() {
    Plan plan = restorer("127.0.0.1").lost("m1", "m2").build().plan();

    assertThat(plan.refusals()).isEmpty();
    assertThat(plan.changes())
        .extracting(c -> c.id().replaceAll("@.*", ""))
        .containsExactly(
            "restore/copy-snapshot",
            "restore/restore-aside",
            "restore/stop",
            "restore/move-aside",
            "restore/move-in",
            "restore/start");
    assertThat(plan.toString()).contains("copy the snapshot", "2 of 3 voters lost");
    assertNothingTouched();
  }

  @Test
  void plan_wrongNameAndWrongUrl_refusesBothAtOnce() {
    Plan plan = restorer().lost("m1", "nobody").build().plan();

    assertThat(plan.refusals())
        .extracting(Refusal::code)
        .contains(Code.MEMBER_MISMATCH, Code.MEMBER_UNKNOWN, Code.QUORUM_UNKNOWN);
    assertThat(plan.changes()).isEmpty();
    assertNothingTouched();
  }

  @Test
  void plan_snapshotMissing_refusesWithoutAskingTheHost() {
    Plan plan = settings("127.0.0.1").fromSnapshot(folder.resolve("missing")).build().plan();

    assertThat(plan.refusals()).extracting(Refusal::code).containsExactly(Code.SNAPSHOT_UNREADABLE);
    assertNothingTouched();
  }

  @Test
  void plan_snapshotWithoutChecksum_refusesUntilForced() throws Exception {
    byte[] whole = Files.readAllBytes(snapshot);
    Path copied =
        Files.write(folder.resolve("db"), java.util.Arrays.copyOf(whole, whole.length - 32));

    assertThat(
            settings("127.0.0.1").lost("m1", "m2").fromSnapshot(copied).build().plan().refusals())
        .extracting(Refusal::code)
        .containsExactly(Code.SNAPSHOT_WITHOUT_CHECKSUM);
    Plan forced =
        settings("127.0.0.1")
            .lost("m1", "m2")
            .fromSnapshot(copied)
            .acceptSnapshotWithoutChecksum()
            .build()
            .plan();
    assertThat(forced.refusals()).isEmpty();
    assertThat(forced.forced())
        .containsExactly("acceptSnapshotWithoutChecksum()", "acceptMemberListOfSnapshot()");
  }

  @Test
  void plan_hostWithAForcing_showsIt() {
    host.forcing("rebuilt(SHA256:a) of 10.0.0.10");
    RecordingHost other = new RecordingHost("10.0.0.11").forcing("rebuilt(SHA256:b) of 10.0.0.11");

    assertThat(restorer().memberHost("m1", other).build().plan().forced())
        .containsExactly(
            "acceptMemberListOfSnapshot()",
            "rebuilt(SHA256:a) of 10.0.0.10",
            "rebuilt(SHA256:b) of 10.0.0.11");
  }

  @Test
  void plan_etcdReadyButEndpointSilent_refuses() {
    host.prints("systemctl show", unit("active"));

    assertThat(restorer("127.0.0.1").lost("m1", "m2").build().plan().refusals())
        .extracting(Refusal::code)
        .containsExactly(Code.ETCD_UNREACHABLE);
  }

  @Test
  void plan_factsOfTheHostThatCannotBeRead_refuses() {
    host.fails("etcd-restored", 1);

    assertThat(restorer("127.0.0.1").lost("m1", "m2").build().plan().refusals())
        .extracting(Refusal::code)
        .containsExactly(Code.COMMAND_FAILED);
    assertNothingTouched();
  }

  @Test
  void plan_twiceInRunsOfTheirOwn_isEqual() {
    QuorumRestorer restorer = restorer("127.0.0.1").lost("m1", "m2").build();

    assertThat(restorer.plan()).isEqualTo(restorer.plan());
  }

  @Test
  void plan_etcdSilentAndTheSnapshotsListNotAccepted_isUnknown() {
    Plan plan =
        QuorumRestorer.on(host)
            .etcd(silent())
            .fromSnapshot(snapshot)
            .member("m0", URI.create("https://127.0.0.1:2380"))
            .lost("m1", "m2")
            .method(SystemdEtcd.unit("etcd"))
            .build()
            .plan();

    assertThat(plan.refusals()).extracting(Refusal::code).containsExactly(Code.QUORUM_UNKNOWN);
    assertThat(plan.toString()).contains("acceptMemberListOfSnapshot()");
    assertNothingTouched();
  }

  @Test
  void plan_hostThatCannotAskPeerPorts_refuses() {
    host.prints("/dev/tcp/", "");

    assertThat(restorer("127.0.0.1").lost("m1", "m2").build().plan().refusals())
        .extracting(Refusal::code)
        .containsExactly(Code.TOOL_MISSING);
    assertNothingTouched();
  }

  @Test
  void memory_ofARunBegunWithAnotherSnapshot_refuses() {
    RestoreMemory memory = new RestoreMemory("another", List.of());

    assertThat(memory.refusals(new RestoreSource.FromSnapshot(Snapshot.inspect(snapshot))))
        .extracting(Refusal::code)
        .containsExactly(Code.PLAN_DRIFTED);
  }

  @Test
  void build_settingMissing_namesIt() {
    assertThatThrownBy(() -> QuorumRestorer.on(host).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("etcd(cluster)");
  }

  @Test
  void build_survivorCalledLost_isRefused() {
    assertThatThrownBy(() -> restorer().lost("m0").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("m0");
  }

  @Test
  void setter_secondCall_namesTheValueHeld() {
    assertThatThrownBy(() -> restorer().fromSnapshot(Path.of("other.db")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(snapshot.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S"})
  void limits_notPositive_areRefusedAtTheSetter(Duration limit) {
    assertThatThrownBy(() -> restorer().healthyLimit(limit))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MemberExpander.on(silent()).syncLimit(limit))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EtcdCluster.at(URI.create("http://a:1")).callLimit(limit))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void assertNothingTouched() {
    assertThat(host.changes()).isEmpty();
    assertThat(host.commands())
        .allSatisfy(
            c -> assertThat(c.replaceAll("2?>/dev/null", "")).doesNotContainPattern(WRITES));
  }

  private QuorumRestorerBuilder restorer() {
    return restorer("m0.test");
  }

  private QuorumRestorerBuilder restorer(String peerHost) {
    return settings(peerHost).fromSnapshot(snapshot);
  }

  private QuorumRestorerBuilder settings(String peerHost) {
    return QuorumRestorer.on(host)
        .etcd(silent())
        .acceptMemberListOfSnapshot()
        .member("m0", URI.create(PEER.toString().replace("m0.test", peerHost)))
        .method(SystemdEtcd.unit("etcd"));
  }

  /** Nothing listens on port 1. */
  private static EtcdCluster silent() {
    return EtcdCluster.at(URI.create("http://127.0.0.1:1"))
        .callLimit(Duration.ofSeconds(3))
        .build();
  }

  private static String unit(String state) {
    return """
    LoadState=loaded
    ActiveState=%s
    ExecStart={ path=/usr/local/bin/etcd ; argv[]=/usr/local/bin/etcd ; ignore_errors=no }
    EnvironmentFiles=/etc/etcd.env (ignore_errors=no)
    """
        .formatted(state);
  }

  private static String facts() {
    return String.join(
        "\n",
        List.of(
            "data=yes",
            "owner=root:root",
            "member=yes",
            "device=1",
            "run_device=1",
            "free=99999999999",
            "run_free=99999999999",
            "addresses=10.0.0.10",
            "resolved=10.0.0.10",
            "tool=/usr/local/bin/etcdutl",
            "bump=yes",
            "looked=yes",
            ""));
  }
}
