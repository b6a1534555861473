package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotContentsTest {
  private static final Instant MONDAY = Instant.parse("2026-11-23T08:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-11-24T09:30:00Z");
  private static final Instant NEXT_YEAR = Instant.parse("2027-01-01T00:00:00Z");

  @TempDir Path folder;

  @Test
  void inspect_putDeletedAndPutAgain_countsTheKeysThatAreThere() throws Exception {
    EtcdBytes etcd = new EtcdBytes();
    for (int i = 1; i <= 50; i++) {
      etcd.put(i, "/things/" + i, "first");
    }
    etcd.put(51, "/things/1", "again").delete(52, "/things/2").delete(53, "/things/3");
    etcd.put(54, "/things/3", "back").delete(55, "/never/there");

    SnapshotContents contents = contents(etcd);

    assertThat(contents.keys()).isEqualTo(49);
    assertThat(contents.revision()).isEqualTo(55);
    assertThat(contents.members()).extracting(EtcdMember::name).containsExactly("m0");
    assertThat(contents.removedMembers()).containsExactly("a1");
    assertThat(contents.clusterVersion()).contains("3.5.0");
    assertThat(contents.databaseSize()).isEqualTo(11 * BoltBytes.PAGE);
  }

  @Test
  void inspect_raisedRevision_isTheNewest() throws Exception {
    SnapshotContents contents =
        contents(
            new EtcdBytes()
                .put(7, "/things/1", "x")
                .bump(1_000_000_007L)
                .meta("scheduledCompactRev", EtcdBytes.revision(1_000_000_007L, "")));

    assertThat(contents.revision()).isEqualTo(1_000_000_007L);
    assertThat(contents.compactedRevision()).isEqualTo(1_000_000_007L);
    assertThat(contents.raised()).isTrue();
    assertThat(contents.keys()).isEqualTo(2);
    assertThat(contents.servedKeys()).isEqualTo(1);
  }

  @Test
  void inspect_metaBucket_isRead() throws Exception {
    SnapshotContents contents =
        contents(
            new EtcdBytes()
                .meta("consistent_index", EtcdBytes.number(9001))
                .meta("finishedCompactRev", EtcdBytes.revision(40, ""))
                .meta("scheduledCompactRev", EtcdBytes.revision(60, ""))
                .meta("storageVersion", "3.6.0".getBytes(UTF_8))
                .meta("term", EtcdBytes.number(12)));

    assertThat(contents.consistentIndex()).isEqualTo(9001);
    assertThat(contents.compactedRevision()).isEqualTo(60);
    assertThat(contents.storageVersion()).contains("3.6.0");
    assertThat(contents.term()).isEqualTo(12);
  }

  @Test
  void inspect_alarm_isNamedWithItsMember() throws Exception {
    byte[] noSpace = new ProtobufBytes().number(1, 0x8e9e05c52164694dL).number(2, 1).done();

    assertThat(contents(new EtcdBytes().alarm(noSpace)).alarms())
        .containsExactly("NOSPACE of 8e9e05c52164694d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/registry", "/kubernetes.io", "/my/own"})
  void inspect_kubeSystem_identifiesTheCluster(String prefix) throws Exception {
    byte[] namespace = KubernetesBytes.namespace("uid-1", MONDAY);
    KubernetesContents kubernetes =
        contents(new EtcdBytes().put(2, prefix + "/namespaces/kube-system", namespace))
            .kubernetes();

    assertThat(kubernetes.identity()).contains(new ClusterIdentity(prefix, "uid-1"));
    assertThat(kubernetes.newest()).contains(MONDAY);
  }

  @Test
  void inspect_kubeSystemAsJson_identifiesTheCluster() throws Exception {
    String json =
        """
        {"kind":"Namespace","apiVersion":"v1","metadata":{"name":"kube-system",
        "labels":{"uid":"not this"},"uid":"uid-2","creationTimestamp":"2026-11-23T08:00:00Z",
        "managedFields":[{"manager":"x","time":"2026-11-24T09:30:00Z"}]},"spec":{}}\
        """;
    KubernetesContents kubernetes =
        contents(new EtcdBytes().put(2, "/registry/namespaces/kube-system", json)).kubernetes();

    assertThat(kubernetes.identity()).contains(new ClusterIdentity("/registry", "uid-2"));
    assertThat(kubernetes.newest()).contains(TUESDAY);
  }

  @Test
  void inspect_somethingElseCalledSo_isNotTheIdentity() throws Exception {
    byte[] custom = KubernetesBytes.protobuf("v1", "Widget", "uid-3", MONDAY);
    byte[] namespace = KubernetesBytes.namespace("uid-1", MONDAY);
    KubernetesContents kubernetes =
        contents(
                new EtcdBytes()
                    .put(2, "/registry/example.com/namespaces/kube-system", custom)
                    .put(3, "/registry/namespaces/kube-system", namespace)
                    .put(4, "/registry/backup/namespaces/kube-system", namespace))
            .kubernetes();

    assertThat(kubernetes.identity()).contains(new ClusterIdentity("/registry", "uid-1"));
  }

  @Test
  void inspect_managedFields_giveTheAge() throws Exception {
    byte[] lease =
        KubernetesBytes.protobuf("coordination.k8s.io/v1", "Lease", "u", MONDAY, MONDAY, TUESDAY);

    assertThat(
            contents(new EtcdBytes().put(2, "/registry/leases/a/b", lease)).kubernetes().newest())
        .contains(TUESDAY);
  }

  @Test
  void inspect_timeOutsideOfMetadata_doesNotCount() throws Exception {
    byte[] junk = ("k8s\0" + NEXT_YEAR).getBytes(UTF_8);
    String json = "{\"kind\":\"X\",\"spec\":{\"creationTimestamp\":\"" + NEXT_YEAR + "\"}}";
    KubernetesContents kubernetes =
        contents(new EtcdBytes().put(2, "/registry/a", junk).put(3, "/registry/b", json))
            .kubernetes();

    assertThat(kubernetes.newest()).isEmpty();
    assertThat(kubernetes.identity()).isEmpty();
  }

  @Test
  void inspect_encryptedSecrets_countsThoseThatAreThere() throws Exception {
    KubernetesContents kubernetes =
        contents(
                new EtcdBytes()
                    .put(2, "/registry/secrets/a/old", "k8s:enc:aescbc:v1:key1:xxx")
                    .put(3, "/registry/secrets/a/rotated", "k8s:enc:aescbc:v1:key1:xxx")
                    .put(4, "/registry/secrets/a/rotated", "k8s:enc:aescbc:v1:key2:yyy")
                    .put(5, "/registry/secrets/a/kms", "k8s:enc:kms:v2:vault:zzz")
                    .put(6, "/registry/secrets/a/plain", "k8s\0")
                    .put(7, "/registry/configmaps/a/plain", "k8s\0")
                    .put(8, "/registry/configmaps/a/hidden", "k8s:enc:secretbox:v1:box:zzz")
                    .delete(9, "/registry/secrets/a/old"))
            .kubernetes();

    assertThat(kubernetes.encryption())
        .containsExactlyInAnyOrder(
            new EncryptedBy("aescbc", "v1", "key2", 1),
            new EncryptedBy("kms", "v2", "vault", 1),
            new EncryptedBy("identity", "", "", 1),
            new EncryptedBy("secretbox", "v1", "box", 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 2048, 4096, 16_384, 65_536})
  void inspect_everyPageSize_isRead(int pageSize) throws Exception {
    EtcdBytes etcd = new EtcdBytes().pageSize(pageSize);
    for (int i = 1; i <= 20; i++) {
      etcd.put(i, "/things/" + i, "x".repeat(i * 100));
    }

    assertThat(contents(etcd).keys()).isEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource({"0, ''", "-1, ''", "5, t"})
  void inspect_revisionThatIsNone_isCorrupt(long revision, String mark) throws Exception {
    byte[] key = EtcdBytes.revision(revision, mark);
    if (revision >= 0) {
      key[8] = '-';
    }
    BoltWriter bolt = new BoltWriter(BoltBytes.PAGE);
    long keys = bolt.leaf(BoltWriter.Element.entry(key, new byte[0]));
    byte[] bytes =
        bolt.finish(
            bolt.leaf(BoltWriter.Element.bucket("key", keys), BoltWriter.Element.inline("members")),
            BoltWriter.NO_FREELIST);

    SnapshotTest.assertRefused(file(bytes), Code.SNAPSHOT_CORRUPT);
  }

  @Test
  void inspect_valueThatIsNoMessage_isCorrupt() throws Exception {
    BoltWriter bolt = new BoltWriter(BoltBytes.PAGE);
    long keys =
        bolt.leaf(BoltWriter.Element.entry(EtcdBytes.revision(1, ""), new byte[] {10, 99, 1}));
    byte[] bytes =
        bolt.finish(
            bolt.leaf(BoltWriter.Element.bucket("key", keys), BoltWriter.Element.inline("members")),
            BoltWriter.NO_FREELIST);

    SnapshotTest.assertRefused(file(bytes), Code.SNAPSHOT_CORRUPT);
  }

  private SnapshotContents contents(EtcdBytes etcd) throws Exception {
    return Snapshot.inspect(file(BoltBytes.withTrailer(etcd.done()))).contents();
  }

  private Path file(byte[] bytes) throws Exception {
    return Files.write(folder.resolve("snapshot.db"), bytes);
  }
}
