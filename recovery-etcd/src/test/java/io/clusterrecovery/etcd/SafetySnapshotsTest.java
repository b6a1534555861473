package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetySnapshotsTest {
  private static final RunContext RUN = RunContext.standalone();

  @TempDir Path folder;

  @Test
  void before_etcdThatDoesNotGiveIt_goesOnByTheDataThatIsMoved() {
    SafetySnapshot none = of(folder, true, false).before(RUN);

    assertThat(none.file()).isEmpty();
    assertThat(none.words()).contains("the data that is moved aside is the safety copy");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void before_etcdThatDoesNotAnswer_isNotAsked() {
    assertThat(of(folder, false, false).before(RUN).words()).contains("etcd did not answer");
  }

  @Test
  void before_folderThatCannotBeMade_isRefusedSinceNothingIsChangedYet() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> of(file.resolve("in"), true, false).before(RUN))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo(Code.FILE_UNWRITABLE));
  }

  @Test
  void after_thatFails_saysWhyAndDoesNotThrow() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThat(of(file.resolve("in"), true, false).after(RUN).words()).contains("cannot be made");
    assertThat(of(folder, true, false).after(RUN).words()).contains("was not saved");
  }

  @Test
  void describe_forced_saysThatThereAreNone() {
    Plan.Builder plan = Plan.of("restore", "m0");

    of(folder, true, true).describe(1, plan);

    assertThat(plan.build().facts()).hasSize(1);
    assertThat(plan.build().facts().get(0).value()).startsWith("none");
  }

  @Test
  void describe_folderThatIsNotThereYet_looksForRoomWhereItWillBe() {
    Plan.Builder plan = Plan.of("restore", "m0");

    of(folder.resolve("a/b"), true, false).describe(Long.MAX_VALUE / 4, plan);

    assertThat(plan.build().refusals()).extracting(Refusal::code).containsExactly(Code.DISK_FULL);
  }

  private static SafetySnapshots of(Path folder, boolean answers, boolean without) {
    return new SafetySnapshots(settings(folder, without), answers);
  }

  /** Nothing listens on port 1. */
  private static RestoreSettings settings(Path folder, boolean without) {
    return new RestoreSettings(
        new RecordingHost("h"),
        EtcdCluster.at(URI.create("http://127.0.0.1:1")).callLimit(Duration.ofSeconds(3)).build(),
        Optional.empty(),
        "m0",
        URI.create("https://m0.test:2380"),
        SystemdEtcd.unit("etcd"),
        Set.of(),
        Map.of(),
        false,
        false,
        false,
        Optional.empty(),
        0,
        Duration.ofSeconds(1),
        folder,
        without,
        Duration.ofSeconds(1));
  }
}
