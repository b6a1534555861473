package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an inspection finds, beside what {@code etcdutl snapshot status} of etcd 3.6.16 says. */
class SnapshotStatusIT {
  private static final String KEY = "/registry/things/";

  @TempDir Path folder;

  @Test
  void inspect_ofCurrentEtcd_agreesWithEtcdutl() throws Exception {
    agreesWithEtcdutl(EtcdProcess.VERSION);
  }

  @Tag("full")
  @ParameterizedTest
  @ValueSource(strings = {"3.4.23", "3.5.35"})
  void inspect_ofOlderEtcd_agreesWithEtcdutl(String version) throws Exception {
    agreesWithEtcdutl(version);
  }

  @Test
  void inspect_ofARestoredDatabaseWithRaisedRevision_agreesWithEtcdutl() throws Exception {
    Path saved = folder.resolve("saved.db");
    try (EtcdProcess etcd = EtcdProcess.start(folder)) {
      fill(etcd);
      etcd.etcdctl("snapshot", "save", saved.toString());
    }
    EtcdProcess.etcdutl(
        "snapshot",
        "restore",
        saved.toString(),
        "--data-dir=" + folder.resolve("restored"),
        "--bump-revision=1000000000",
        "--mark-compacted");
    Path restored = folder.resolve("restored/member/snap/db");

    SnapshotContents contents = assertAgrees(restored);

    assertThat(contents.revision()).isGreaterThan(1_000_000_000);
    assertThat(contents.compactedRevision()).isEqualTo(contents.revision());
  }

  private void agreesWithEtcdutl(String version) throws Exception {
    Path saved = folder.resolve("saved.db");
    Path compacted = folder.resolve("compacted.db");
    Path defragmented = folder.resolve("defragmented.db");
    try (EtcdProcess etcd = EtcdProcess.start(folder, version)) {
      fill(etcd);
      etcd.etcdctl("snapshot", "save", saved.toString());
      etcd.etcdctl("compaction", "40", "--physical");
      etcd.etcdctl("del", KEY + "9");
      etcd.etcdctl("snapshot", "save", compacted.toString());
      etcd.etcdctl("defrag");
      etcd.etcdctl("snapshot", "save", defragmented.toString());
    }

    assertThat(assertAgrees(saved).compactedRevision()).isZero();
    assertThat(assertAgrees(compacted).compactedRevision()).isEqualTo(40);
    assertThat(assertAgrees(defragmented).keys()).isEqualTo(26);
    assertAgrees(folder.resolve("etcd/member/snap/db"));
  }

  private static void fill(EtcdProcess etcd) throws Exception {
    for (int i = 0; i < 30; i++) {
      etcd.etcdctl("put", KEY + i, "x".repeat(i * 300));
    }
    for (int i = 0; i < 10; i++) {
      etcd.etcdctl("put", KEY + i, "again");
    }
    for (int i = 0; i < 3; i++) {
      etcd.etcdctl("del", KEY + i);
    }
  }

  private static SnapshotContents assertAgrees(Path file) throws Exception {
    SnapshotContents contents = Snapshot.inspect(file).contents();
    JsonNode status =
        new ObjectMapper()
            .readTree(
                EtcdProcess.etcdutl("snapshot", "status", file.toString(), "--write-out=json"));
    assertThat(contents.revision()).isEqualTo(status.get("revision").asLong());
    assertThat(contents.keys()).isEqualTo(status.get("totalKey").asLong());
    assertThat(contents.databaseSize()).isEqualTo(status.get("totalSize").asLong());
    assertThat(contents.hash()).isEqualTo(Long.toHexString(status.get("hash").asLong()));
    assertThat(contents.storageVersion().orElse("")).isEqualTo(status.get("version").asText());
    return contents;
  }
}
