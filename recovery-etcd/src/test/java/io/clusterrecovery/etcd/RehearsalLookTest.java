package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.etcd.RehearsalLook.Folder;
import io.clusterrecovery.etcd.SnapshotRehearsal.Brought;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalLookTest {
  private static final Brought NOTHING = new Brought(Optional.empty(), Optional.empty());
  private static final Brought BOTH =
      new Brought(Optional.of(Path.of("etcdutl")), Optional.of(Path.of("etcd")));
  private static final RestoreTool TOOL = new RestoreTool("/usr/bin/etcdutl", true);
  private static final RestoreTool NO_TOOL = new RestoreTool("", false);
  private static final long PLENTY = 1L << 40;

  @TempDir Path folder;

  @Test
  void refusals_hostWithAllOfIt_none() {
    assertThat(refusals(Folder.NONE, "/usr/bin/etcd", TOOL, PLENTY, NOTHING)).isEmpty();
    assertThat(refusals(Folder.LEFT, "/usr/bin/etcd", TOOL, PLENTY, NOTHING)).isEmpty();
    assertThat(refusals(Folder.NONE, "", NO_TOOL, PLENTY, BOTH)).isEmpty();
  }

  @Test
  void refusals_hostWithNoneOfIt_allAtOnce() {
    assertThat(refusals(Folder.FOREIGN, "", NO_TOOL, 0, NOTHING))
        .containsExactly(
            Code.FILE_UNWRITABLE, Code.TOOL_MISSING, Code.TOOL_MISSING, Code.DISK_FULL);
  }

  @Test
  void refusals_roomForTheSnapshotTwiceButNotForTheLog_isRefused() {
    assertThat(refusals(Folder.NONE, "/usr/bin/etcd", TOOL, 200L << 20, NOTHING))
        .containsExactly(Code.DISK_FULL);
  }

  @Test
  void build_withoutASnapshot_saysWhatIsMissing() {
    assertThatThrownBy(() -> SnapshotRehearsal.on(new RecordingHost("a")).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("fromSnapshot(file)");
  }

  @Test
  void plan_fileThatIsNoSnapshot_isRefusedWithoutACallToTheHost() {
    RecordingHost host = new RecordingHost("a");

    assertThat(
            SnapshotRehearsal.on(host)
                .fromSnapshot(folder.resolve("none"))
                .build()
                .plan()
                .refusals())
        .extracting(Refusal::code)
        .containsExactly(Code.SNAPSHOT_UNREADABLE);
    assertThat(host.commands()).isEmpty();
  }

  private java.util.List<Code> refusals(
      Folder found, String etcd, RestoreTool tool, long free, Brought brought) {
    Snapshot snapshot = SnapshotFixture.whole("x");
    return new RehearsalLook(found, "", etcd, tool, free)
        .refusals("a", snapshot, brought).stream().map(Refusal::code).toList();
  }
}
