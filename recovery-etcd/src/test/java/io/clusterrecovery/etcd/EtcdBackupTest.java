package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Code;
import io.clusterrecovery.Fact;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.RunId;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EtcdBackupTest {
  @TempDir Path folder;
  private final FakeEtcd etcd = new FakeEtcd(new SteppedClock());
  private final RunContext run =
      RunContext.builder().runId(RunId.startingAt(java.time.Instant.EPOCH)).build();

  @BeforeEach
  void sent() throws Exception {
    etcd.snapshot = BoltBytes.withTrailer(new EtcdBytes().put(1, "/a", "x").done());
  }

  @Test
  void keep_etcdSilent_isRefusedAndNothingIsMade() {
    EtcdCluster nobody =
        new EtcdCluster(
            List.of(URI.create("http://x.test:1")),
            url -> {
              throw new EtcdCallException(
                  EtcdCallException.Kind.NO_ANSWER, url, "connect", "no answer", null);
            });

    Path missing = folder.resolve("missing");
    RefusedException refused =
        catchThrowableOfType(
            RefusedException.class, () -> run.carryOut(EtcdBackup.of(nobody, missing)));

    assertThat(refused.code()).isEqualTo(Code.ETCD_UNREACHABLE);
    assertThat(missing).doesNotExist();
  }

  @Test
  void keep_healthy_isThereUnderTheRunsName() {
    Snapshot kept = run.carryOut(backup("new"));

    assertThat(kept.file()).isEqualTo(folder.resolve("new/" + run.runId() + "-recovered.db"));
    assertThat(kept).isEqualTo(Snapshot.inspect(kept.file()));
  }

  @Test
  void keep_again_changesNothing() {
    Snapshot first = run.carryOut(backup("new"));

    Plan plan = run.plan(backup("new"));

    assertThat(plan.satisfied()).isTrue();
    assertThat(plan.facts()).extracting(Fact::name).isEmpty();
    assertThat(run.carryOut(backup("new"))).isEqualTo(first);
  }

  @Test
  void keep_snapshotDamagedOnTheWay_failsAndIsNotKept() {
    etcd.snapshot[etcd.snapshot.length / 2] ^= 4;

    Code code =
        catchThrowableOfType(
                io.clusterrecovery.RecoveryException.class, () -> run.carryOut(backup("new")))
            .code();

    assertThat(code).isEqualTo(Code.SNAPSHOT_CORRUPT);
    assertThat(folder.resolve("new")).isEmptyDirectory();
  }

  private EtcdBackup backup(String name) {
    return EtcdBackup.of(etcd.cluster(), folder.resolve(name));
  }
}
