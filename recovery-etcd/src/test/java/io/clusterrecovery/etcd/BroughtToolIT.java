package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.StepFailedException;
import io.clusterrecovery.testkit.LabHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A host that runs etcd under systemd and has nothing that could restore. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BroughtToolIT {
  private SystemdSurvivor left;
  private LabHost survivor;
  private Path folder;

  @BeforeAll
  void loseTwoOfThreeAndTheTools(@TempDir Path temporary) throws Exception {
    folder = temporary;
    left = SystemdSurvivor.ofThree(folder);
    survivor = left.host();
    survivor
        .script(
            "for t in etcdutl etcdctl; do f=$(command -v $t) && mount --bind /dev/null $f; done; true")
        .orThrow();
  }

  @BeforeEach
  void loseQuorumAgain() throws Exception {
    left.loseQuorumAgain();
  }

  @AfterAll
  void stop() {
    left.close();
  }

  @Test
  void plan_noToolAnywhere_isRefused() {
    Path nowhere = folder.resolve("etcdutl");

    assertThat(codes(SystemdEtcd.unit("etcd"))).containsExactly(Code.TOOL_MISSING);
    assertThat(codes(SystemdEtcd.unit("etcd").tools(nowhere))).containsExactly(Code.TOOL_MISSING);
  }

  @Test
  void restore_broughtProgramThatDoesNotRunThere_failsBeforeTheSnapshotIsCopied() throws Exception {
    Path other = Files.writeString(folder.resolve("other"), "#!/nonexistent/sh\n");

    assertThatThrownBy(() -> restorer(SystemdEtcd.unit("etcd").tools(other)).restore())
        .isInstanceOfSatisfying(
            StepFailedException.class, e -> assertThat(e.code()).isEqualTo(Code.TOOL_MISSING))
        .hasMessageContaining("The old data is in place, untouched");

    assertThat(left(survivor)).doesNotContain("snapshot.db");
    left.assertOldDataServes();
  }

  @Test
  void restore_broughtTool_restoresAndIsRemoved() throws Exception {
    Path etcdutl = left.lab().lab.bin().resolve("etcdutl");
    QuorumRestorer bringing = restorer(SystemdEtcd.unit("etcd").tools(etcdutl));
    assertThat(bringing.plan().toString())
        .contains("etcdutl, brought along", "can raise revisions is found out on the host");

    RestoreResult restored = bringing.restore();

    assertThat(restored.changed().get(0).what()).isEqualTo("copy etcdutl");
    assertThat(left.lab().etcdctl(List.of(survivor), "get", "/before")).contains("/before");
    assertThat(left(survivor)).contains("etcd-data-1").doesNotContain("etcdutl");
  }

  private List<Code> codes(SystemdEtcd method) {
    return restorer(method).plan().refusals().stream().map(Refusal::code).toList();
  }

  private QuorumRestorer restorer(SystemdEtcd method) {
    return left.restorer(left.ssh(), method).build();
  }

  private static String left(LabHost host) {
    return host.script("find /var/lib/cluster-recovery").orThrow();
  }
}
