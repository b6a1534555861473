package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotDiffTest {
  @TempDir Path folder;

  @Test
  void diff_ofOneAndTheSame_isEmpty() throws Exception {
    Snapshot one = snapshot("one", someKeys());

    assertThat(Snapshot.diff(one, one).isEmpty()).isTrue();
    assertThat(Snapshot.diff(one, one).objects()).isEmpty();
  }

  @Test
  void diff_createdChangedAndDeleted_areNamedByKind() throws Exception {
    Snapshot before = snapshot("before", someKeys());
    Snapshot after =
        snapshot(
            "after",
            someKeys()
                .put(10, "/registry/configmaps/a/new", "1")
                .put(11, "/registry/configmaps/a/one", "other")
                .put(12, "/registry/configmaps/a/two", "passing")
                .put(13, "/registry/configmaps/a/two", "2")
                .delete(14, "/registry/secrets/a/key")
                .put(15, "/registry/pods/a/short", "1")
                .delete(16, "/registry/pods/a/short"));

    SnapshotDiff diff = Snapshot.diff(before, after);

    assertThat(diff.objects())
        .containsExactly(
            new ObjectChange("configmaps", "a/new", ObjectChange.What.CREATED),
            new ObjectChange("configmaps", "a/one", ObjectChange.What.CHANGED),
            new ObjectChange("secrets", "a/key", ObjectChange.What.DELETED));
    assertThat(diff.kinds())
        .containsExactly(
            new KindChanges("configmaps", 1, 1, 0), new KindChanges("secrets", 0, 0, 1));
    assertThat(diff.unnamed()).isZero();
    assertThat(diff.toString()).contains("created configmaps a/new", "secrets: 0 created");
  }

  @Test
  void diff_compactedSince_seesTheSame() throws Exception {
    Snapshot before = snapshot("before", someKeys().put(4, "/registry/pods/a/p", "1"));
    EtcdBytes compacted = new EtcdBytes();
    Snapshot after =
        snapshot(
            "after",
            compacted
                .put(2, "/registry/configmaps/a/two", "2")
                .put(3, "/registry/secrets/a/key", "s")
                .put(9, "/registry/configmaps/a/one", "1"));

    assertThat(Snapshot.diff(before, after).objects())
        .containsExactly(new ObjectChange("pods", "a/p", ObjectChange.What.DELETED));
  }

  @Test
  void diff_moreThanAreNamed_areCounted() throws Exception {
    EtcdBytes many = new EtcdBytes();
    for (int i = 1; i <= SnapshotDiff.MOST_NAMED + 5; i++) {
      many.put(i, "/registry/pods/a/" + i, "1");
    }
    SnapshotDiff diff = Snapshot.diff(snapshot("none", new EtcdBytes()), snapshot("many", many));

    assertThat(diff.objects()).hasSize(SnapshotDiff.MOST_NAMED);
    assertThat(diff.unnamed()).isEqualTo(5);
    assertThat(diff.kinds())
        .containsExactly(new KindChanges("pods", SnapshotDiff.MOST_NAMED + 5, 0, 0));
  }

  @Test
  void diff_prefixOfItsOwn_isLeftOut() throws Exception {
    byte[] namespace = KubernetesBytes.namespace("uid", Instant.EPOCH.plusSeconds(9));
    EtcdBytes own = new EtcdBytes().put(1, "/my/own/namespaces/kube-system", namespace);
    Snapshot before = snapshot("before", own);
    Snapshot after = snapshot("after", own.put(2, "/my/own/pods/a/p", "1"));

    assertThat(Snapshot.diff(before, after).objects())
        .containsExactly(new ObjectChange("pods", "a/p", ObjectChange.What.CREATED));
  }

  @ParameterizedTest
  @CsvSource({
    "/registry/configmaps/kube-system/coredns, configmaps, kube-system/coredns",
    "/registry/namespaces/default, namespaces, default",
    "/registry/minions/master-0, nodes, master-0",
    "/registry/services/specs/default/kubernetes, services, default/kubernetes",
    "/registry/services/endpoints/default/kubernetes, endpoints, default/kubernetes",
    "/registry/example.com/widgets/ns/w, widgets.example.com, ns/w",
    "/registry/apiregistration.k8s.io/apiservices/v1., apiservices.apiregistration.k8s.io, v1.",
    "/kubernetes.io/secrets/a/b, secrets, a/b",
    "/openshift.io/routes/a/b, routes, a/b",
    "/registry/health, keys, /registry/health",
    "compact_rev_key, keys, compact_rev_key",
    "/a, keys, /a"
  })
  void of_key_givesKindAndName(String key, String kind, String name) {
    assertThat(ObjectKey.of(key, "/registry")).isEqualTo(new ObjectKey(kind, name));
  }

  private static EtcdBytes someKeys() {
    return new EtcdBytes()
        .put(1, "/registry/configmaps/a/one", "1")
        .put(2, "/registry/configmaps/a/two", "2")
        .put(3, "/registry/secrets/a/key", "s");
  }

  private Snapshot snapshot(String name, EtcdBytes etcd) throws Exception {
    return Snapshot.inspect(Files.write(folder.resolve(name), etcd.done()));
  }
}
