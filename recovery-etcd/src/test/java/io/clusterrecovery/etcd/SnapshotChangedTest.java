package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are changed while they are read. */
class SnapshotChangedTest {
  @TempDir Path folder;
  private Path file = Path.of("unset");

  /** Something done to a file. */
  @FunctionalInterface
  private interface Change {
    void make() throws IOException;
  }

  @BeforeEach
  void write() throws Exception {
    byte[] whole = BoltBytes.withTrailer(new EtcdBytes().put(1, "/a", "x".repeat(90_000)).done());
    file = Files.write(folder.resolve("snapshot.db"), whole);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
  }

  @Test
  void inspect_unchanged_isWhole() {
    assertThat(SnapshotInspection.of(file, hashed -> {}).contents().keys()).isEqualTo(1);
  }

  @Test
  void inspect_appendedTo_saysThatItWasChanged() {
    assertChanged(() -> Files.write(file, new byte[512], StandardOpenOption.APPEND));
  }

  @Test
  void inspect_cutShort_saysThatItWasChanged() {
    assertChanged(() -> Files.newByteChannel(file, StandardOpenOption.WRITE).truncate(100).close());
  }

  @Test
  void inspect_writtenOverWithTheSame_saysThatItWasChanged() {
    assertChanged(
        () -> {
          byte[] same = Files.readAllBytes(file);
          Files.write(file, same);
          Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        });
  }

  @Test
  void inspect_replacedByACopy_saysThatItWasChanged() {
    assertChanged(
        () -> {
          Path copy = folder.resolve("copy.db");
          Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
          Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
        });
  }

  @Test
  void inspect_removed_isUnreadable() {
    assertThat(refusal(() -> Files.delete(file)).code()).isEqualTo(Code.SNAPSHOT_UNREADABLE);
  }

  @Test
  void inspect_interrupted_saysSo() {
    RefusedException refused = refusal(() -> Thread.currentThread().interrupt());

    assertThat(Thread.interrupted()).isTrue();
    assertThat(refused.code()).isEqualTo(Code.INTERRUPTED);
  }

  private void assertChanged(Change change) {
    RefusedException refused = refusal(change);

    assertThat(refused.code()).isEqualTo(Code.SNAPSHOT_CHANGED);
    assertThat(refused.found()).contains(file.toString()).contains("size=");
  }

  private RefusedException refusal(Change change) {
    return catchThrowableOfType(
        RefusedException.class,
        () ->
            SnapshotInspection.of(
                file,
                hashed -> {
                  try {
                    change.make();
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }));
  }
}
