package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** The keys of a snapshot that was inspected before, gone over as often as need be. */
final class SnapshotKeys implements AutoCloseable {
  private final FileChannel channel;
  private final BoltFile file;
  private final BoltBucket keys;

  /** Is given each revision, in order. */
  @FunctionalInterface
  interface Visitor {
    void revision(ByteBuffer page, StoredKey key, boolean deletes);
  }

  private SnapshotKeys(FileChannel channel, BoltFile file, BoltBucket keys) {
    this.channel = channel;
    this.file = file;
    this.keys = keys;
  }

  static SnapshotKeys open(Snapshot snapshot) throws IOException {
    FileChannel channel = FileChannel.open(snapshot.file(), StandardOpenOption.READ);
    try {
      BoltFile file = BoltFile.open(new LocalBytes(channel), channel.size());
      BoltBucket keys =
          BoltBucket.named("key", BoltBucket.all(file, new BoltPages(file)))
              .orElseThrow(
                  () -> new BoltFormatException(Code.SNAPSHOT_NOT_ETCD, "it has no bucket 'key'"));
      return new SnapshotKeys(channel, file, keys);
    } catch (IOException | BoltFormatException e) {
      channel.close();
      throw e;
    }
  }

  void forEach(Visitor visitor) throws IOException {
    keys.walk(
        new BoltPages(file),
        (page, keyAt, keySize, valueSize) -> {
          StoredKey key = StoredKey.read(page, keyAt + keySize, valueSize);
          if (key.keySize() > 0) {
            visitor.revision(page, key, KeyRevision.deletes(page, keyAt, keySize));
          }
        });
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
