package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The checks that make a file a snapshot. */
final class SnapshotInspection {
  private static final int TRAILER = 32;
  private static final int BLOCK = 512;
  private static final String NEXT = "Use another snapshot; this one cannot be restored from.";

  private final Path file;
  private final LongConsumer hashed;

  private SnapshotInspection(Path file, LongConsumer hashed) {
    this.file = file;
    this.hashed = hashed;
  }

  /**
   * Inspects a file.
   *
   * @param hashed is told now and then how many bytes are done
   */
  static Snapshot of(Path file, LongConsumer hashed) {
    SnapshotInspection inspection = new SnapshotInspection(file, hashed);
    inspection.requireRegular();
    try {
      return inspection.unchanged();
    } catch (ClosedByInterruptException e) {
      throw inspection.interrupted(e);
    } catch (IOException e) {
      throw refused(
          Code.SNAPSHOT_UNREADABLE,
          "The snapshot %s cannot be read: %s.".formatted(file, e),
          "Check the path, and that this user may read the file.",
          e);
    }
  }

  /** Opening a pipe would wait for its other end. */
  private void requireRegular() {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw refused(
          Code.SNAPSHOT_UNREADABLE,
          "The snapshot %s is no regular file.".formatted(file),
          "Give the path of the snapshot file itself.",
          null);
    }
  }

  /** What was seen of a file counts only if it was the same file from first to last. */
  private Snapshot unchanged() throws IOException {
    FileState before = FileState.of(file);
    try {
      Snapshot snapshot = inspect();
      requireUnchanged(before);
      return snapshot;
    } catch (IOException | RefusedException e) {
      requireUnchanged(before);
      throw e;
    }
  }

  private void requireUnchanged(FileState before) throws IOException {
    FileState after = FileState.of(file);
    if (!after.equals(before)) {
      throw refused(
          Code.SNAPSHOT_CHANGED,
          "The snapshot %s was changed while it was read: %s became %s."
              .formatted(file, before, after),
          "Let whatever writes to it end, or copy the file; then run it again.",
          null);
    }
  }

  private Snapshot inspect() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      BoltSource source = new LocalBytes(channel);
      long size = source.size();
      boolean trailer = hasTrailer(source, size);
      BoltFile bolt = bolt(source, trailer ? size - TRAILER : size);
      CompletableFuture<SnapshotContents> walk = Concurrently.start(() -> walk(bolt));
      SnapshotDigests digests = SnapshotDigests.of(source, size, hashed);
      if (trailer && !digests.trailerMatches()) {
        throw refused(
            Code.SNAPSHOT_CORRUPT,
            "The snapshot %s is corrupt: its checksum is %s, its content has %s."
                .formatted(file, digests.trailer(), digests.content()),
            NEXT,
            null);
      }
      Snapshot.Checksum checksum = trailer ? Snapshot.Checksum.MATCHES : Snapshot.Checksum.ABSENT;
      return new Snapshot(file, size, digests.whole(), checksum, contents(walk));
    }
  }

  private boolean hasTrailer(BoltSource source, long size) throws IOException {
    if (size == 0) {
      throw refused(
          Code.SNAPSHOT_TRUNCATED, "The snapshot %s is empty.".formatted(file), NEXT, null);
    }
    int rest = (int) (size % BLOCK);
    if (rest != 0 && rest != TRAILER) {
      throw notWhole(source, size, rest);
    }
    return rest == TRAILER;
  }

  private RefusedException notWhole(BoltSource source, long size, int rest) throws IOException {
    boolean etcd = size >= BoltMeta.END && BoltFile.hasMagic(source);
    Code code = etcd ? Code.SNAPSHOT_TRUNCATED : Code.SNAPSHOT_NOT_ETCD;
    String found =
        etcd
            ? "The snapshot %s is cut short: %d bytes are %d more than whole blocks of 512."
            : "The file %s is no etcd snapshot (%d bytes, %d more than whole blocks of 512).";
    return refused(code, found.formatted(file, size, rest), NEXT, null);
  }

  /** A database can do with one of its meta pages; a snapshot is written with both. */
  private BoltFile bolt(BoltSource source, long length) throws IOException {
    try {
      BoltFile bolt = BoltFile.open(source, length);
      if (!bolt.damaged().isEmpty()) {
        throw BoltFormatException.corrupt(
            "its %s meta page does not match its checksum".formatted(bolt.damaged().get(0)));
      }
      return bolt;
    } catch (BoltFormatException e) {
      throw damaged(e);
    }
  }

  private static SnapshotContents walk(BoltFile bolt) {
    try {
      return SnapshotWalk.of(bolt);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SnapshotContents contents(CompletableFuture<SnapshotContents> walk) throws IOException {
    try {
      return walk.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BoltFormatException damage) {
        throw damaged(damage);
      }
      if (e.getCause() instanceof UncheckedIOException unreadable) {
        throw unreadable.getCause();
      }
      throw new IllegalStateException("the walk over " + file + " failed", e.getCause());
    }
  }

  private RefusedException damaged(BoltFormatException e) {
    return refused(e.code(), "The snapshot %s: %s.".formatted(file, e.getMessage()), NEXT, e);
  }

  private RefusedException interrupted(Exception cause) {
    return refused(
        Code.INTERRUPTED,
        "The inspection of %s was interrupted.".formatted(file),
        "Run it again when you are ready.",
        cause);
  }

  private static RefusedException refused(
      Code code, String found, String next, @Nullable Exception cause) {
    return new RefusedException(new Refusal(code, found, next), cause);
  }
}
