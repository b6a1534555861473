package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots taken from a real etcd. */
class SnapshotSavingIT {
  @TempDir Path folder;

  @Test
  void save_whatWasWrittenInBetween_isTheDifference() throws Exception {
    Path database = folder.resolve("etcd/member/snap/db");
    try (EtcdProcess etcd = EtcdProcess.start(folder)) {
      EtcdCluster cluster = EtcdCluster.at(etcd.endpoint()).build();
      etcd.etcdctl("put", "/registry/configmaps/a/kept", "x".repeat(100_000));
      etcd.etcdctl("put", "/registry/configmaps/a/changed", "1");
      etcd.etcdctl("put", "/registry/secrets/a/deleted", "1");

      Snapshot first = Snapshot.save(cluster, folder.resolve("first.db"));
      etcd.etcdctl("put", "/registry/configmaps/a/changed", "2");
      etcd.etcdctl("del", "/registry/secrets/a/deleted");
      etcd.etcdctl("put", "/registry/pods/a/created", "1");
      Snapshot second = Snapshot.save(cluster, folder.resolve("second.db"));

      assertThat(first.checksum()).isEqualTo(Snapshot.Checksum.MATCHES);
      assertThat(second.contents().revision()).isEqualTo(first.contents().revision() + 3);
      assertThat(Snapshot.diff(first, second).objects())
          .containsExactly(
              new ObjectChange("configmaps", "a/changed", ObjectChange.What.CHANGED),
              new ObjectChange("pods", "a/created", ObjectChange.What.CREATED),
              new ObjectChange("secrets", "a/deleted", ObjectChange.What.DELETED));
    }
    Snapshot own = Snapshot.inspect(database);
    Snapshot second = Snapshot.inspect(folder.resolve("second.db"));
    assertThat(own.checksum()).isEqualTo(Snapshot.Checksum.ABSENT);
    assertThat(Snapshot.diff(second, own).isEmpty()).isTrue();
  }

  @Test
  void save_etcdThatIsGone_isRefused() throws Exception {
    EtcdCluster gone;
    try (EtcdProcess etcd = EtcdProcess.start(folder)) {
      gone = EtcdCluster.at(etcd.endpoint()).build();
    }

    RefusedException refused =
        catchThrowableOfType(
            RefusedException.class, () -> Snapshot.save(gone, folder.resolve("none.db")));

    assertThat(refused.code()).isEqualTo(Code.ETCD_UNREACHABLE);
    assertThat(folder.resolve("none.db")).doesNotExist();
  }
}
