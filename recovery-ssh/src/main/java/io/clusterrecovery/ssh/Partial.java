package io.clusterrecovery.ssh;

import io.clusterrecovery.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** What has arrived of a download, beside its target, digested as it comes. */
final class Partial implements AutoCloseable {
  private final Path side;
  private final FileChannel channel;
  private final SideDigest digest = new SideDigest();
  private final AtomicLong length = new AtomicLong();

  private Partial(Path side, FileChannel channel) {
    this.side = side;
    this.channel = channel;
  }

  /**
   * Takes up what an earlier download of the same content has left, if nobody else is at it, and
   * clears away what was left of other contents.
   *
   * @param key tells the content from others
   * @param size how large all of it is
   */
  static Partial open(Path target, String key, long size) throws IOException, InterruptedException {
    String name = "." + target.getFileName() + ".part-";
    clear(target, name, name + key);
    Path wanted = target.resolveSibling(name + key);
    FileChannel channel = open(wanted);
    if (!locked(channel)) {
      channel.close();
      wanted = target.resolveSibling(name + key + "-" + UUID.randomUUID());
      channel = open(wanted);
    }
    Partial partial = new Partial(wanted, channel);
    partial.readWhatIsThere(size);
    return partial;
  }

  long length() {
    return length.get();
  }

  /** Appends bytes; called by one thread at a time. */
  void append(byte[] bytes, int offset, int count) throws IOException, InterruptedException {
    int at = offset;
    int left = count;
    while (left > 0) {
      ByteBuffer buffer = digest.take();
      int part = Math.min(left, buffer.remaining());
      buffer.put(bytes, at, part).flip();
      for (ByteBuffer out = buffer.duplicate(); out.hasRemaining(); ) {
        channel.write(out);
      }
      digest.add(buffer);
      at += part;
      left -= part;
      length.addAndGet(part);
    }
  }

  /** {@return the digest of all; nothing can be appended any more} */
  String sha256() throws InterruptedException {
    return digest.finish();
  }

  void moveTo(Path target) throws IOException {
    channel.force(true);
    Files.move(side, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void drop() throws IOException {
    Files.deleteIfExists(side);
  }

  @Override
  public void close() throws IOException {
    digest.close();
    channel.close();
    if (length() == 0) {
      drop();
    }
  }

  private void readWhatIsThere(long size) throws IOException, InterruptedException {
    if (channel.size() > size) {
      channel.truncate(0);
    }
    channel.position(0);
    while (true) {
      ByteBuffer buffer = digest.take();
      if (channel.read(buffer) < 0) {
        return;
      }
      length.addAndGet(buffer.flip().remaining());
      digest.add(buffer);
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        EnumSet.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
        OwnerOnly.file(file));
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static void clear(Path target, String name, String wanted) throws IOException {
    try (Stream<Path> files = Files.list(folder(target))) {
      for (Path file : files.toList()) {
        String each = String.valueOf(file.getFileName());
        if (each.startsWith(name) && !each.equals(wanted)) {
          dropIfUnused(file);
        }
      }
    }
  }

  private static void dropIfUnused(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      if (locked(channel)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static Path folder(Path target) {
    Path folder = target.getParent();
    return folder == null ? target : folder;
  }
}
