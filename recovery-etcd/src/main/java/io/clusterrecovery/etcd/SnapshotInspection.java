package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The checks that make a file a snapshot. */
final class SnapshotInspection {
  private static final int TRAILER = 32;
  private static final int BLOCK = 512;
  private static final String NEXT = "Use another snapshot; this one cannot be restored from.";

  private final Path file;
  private final FileChannel channel;
  private final long size;

  private SnapshotInspection(Path file, FileChannel channel, long size) {
    this.file = file;
    this.channel = channel;
    this.size = size;
  }

  static Snapshot of(Path file) {
    requireRegular(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new SnapshotInspection(file, channel, channel.size()).inspect();
    } catch (IOException e) {
      throw refused(
          Code.SNAPSHOT_UNREADABLE,
          "The snapshot %s cannot be read: %s.".formatted(file, e),
          "Check the path, and that this user may read the file.",
          e);
    }
  }

  /** Opening a pipe would wait for its other end. */
  private static void requireRegular(Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw refused(
          Code.SNAPSHOT_UNREADABLE,
          "The snapshot %s is no regular file.".formatted(file),
          "Give the path of the snapshot file itself.",
          null);
    }
  }

  private Snapshot inspect() throws IOException {
    if (size == 0) {
      throw refused(
          Code.SNAPSHOT_TRUNCATED, "The snapshot %s is empty.".formatted(file), NEXT, null);
    }
    int rest = (int) (size % BLOCK);
    if (rest != 0 && rest != TRAILER) {
      throw notWhole(rest);
    }
    BoltFile bolt = bolt(rest == TRAILER ? size - TRAILER : size);
    SnapshotDigests digests = SnapshotDigests.of(channel, size);
    if (rest == TRAILER && !digests.trailerMatches()) {
      throw refused(
          Code.SNAPSHOT_CORRUPT,
          "The snapshot %s is corrupt: its checksum is %s, its content has %s."
              .formatted(file, digests.trailer(), digests.content()),
          NEXT,
          null);
    }
    Snapshot.Checksum checksum =
        rest == TRAILER ? Snapshot.Checksum.MATCHES : Snapshot.Checksum.ABSENT;
    return new Snapshot(file, size, digests.whole(), checksum, members(bolt));
  }

  private RefusedException notWhole(int rest) throws IOException {
    boolean etcd = size >= BoltMeta.END && BoltFile.hasMagic(channel);
    Code code = etcd ? Code.SNAPSHOT_TRUNCATED : Code.SNAPSHOT_NOT_ETCD;
    String found =
        etcd
            ? "The snapshot %s is cut short: %d bytes are %d more than whole blocks of 512."
            : "The file %s is no etcd snapshot (%d bytes, %d more than whole blocks of 512).";
    return refused(code, found.formatted(file, size, rest), NEXT, null);
  }

  private BoltFile bolt(long length) throws IOException {
    try {
      return BoltFile.open(channel, length);
    } catch (BoltFormatException e) {
      throw refused(e.code(), "The snapshot %s: %s.".formatted(file, e.getMessage()), NEXT, e);
    }
  }

  private List<EtcdMember> members(BoltFile bolt) throws IOException {
    try {
      return SnapshotMembers.of(bolt);
    } catch (BoltFormatException e) {
      throw refused(e.code(), "The snapshot %s: %s.".formatted(file, e.getMessage()), NEXT, e);
    }
  }

  private static RefusedException refused(
      Code code, String found, String next, @Nullable Exception cause) {
    return new RefusedException(new Refusal(code, found, next), cause);
  }
}
