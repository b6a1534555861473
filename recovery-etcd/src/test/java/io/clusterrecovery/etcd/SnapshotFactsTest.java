package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFactsTest {
  @TempDir Path folder;

  @Test
  void tell_ofAKubernetesCluster_namesRevisionIdentityAgeAndKeys() throws Exception {
    Instant made = Instant.parse("2026-11-23T08:00:00Z");
    byte[] etcd =
        new EtcdBytes()
            .put(2, "/registry/namespaces/kube-system", KubernetesBytes.namespace("uid-1", made))
            .put(3, "/registry/secrets/a/b", "k8s:enc:aescbc:v1:key1:xxx")
            .done();

    String plan = told(BoltBytes.withTrailer(etcd)).toString();

    assertThat(plan)
        .contains("revision 3, compacted up to 0, 2 keys")
        .contains("kube-system is uid-1 below /registry")
        .contains("2026-11-23T08:00:00Z")
        .contains("aescbc:v1:key1 (1)")
        .doesNotContain("Only the structure");
  }

  @Test
  void tell_withoutKubernetes_saysWhatIsUnknown() throws Exception {
    byte[] noSpace = new ProtobufBytes().number(1, 0x1f).number(2, 1).done();

    String plan = told(new EtcdBytes().put(1, "a", "b").alarm(noSpace).done()).toString();

    assertThat(plan)
        .contains("unknown: no namespace kube-system")
        .contains("unknown: no object with a time")
        .contains("NOSPACE of 1f")
        .contains("Only the structure of the snapshot could be checked");
  }

  private Plan told(byte[] bytes) throws Exception {
    Plan.Builder plan = Plan.of("restore", "host");
    SnapshotFacts.tell(Snapshot.inspect(Files.write(folder.resolve("s.db"), bytes)), plan);
    return plan.build();
  }
}
