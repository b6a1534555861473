package io.clusterrecovery;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that one owner on this machine has open, locked, and appends to, forced to disk each time.
 *
 * <p>Not a channel: that one closes, and gives up its lock, when its thread is interrupted.
 */
final class LockedFile implements AutoCloseable {
  /**
   * What this process holds. A POSIX lock is lost when the process closes any descriptor of the
   * file, so a file that is held must not even be opened a second time.
   */
  private static final Set<Object> HELD = ConcurrentHashMap.newKeySet();

  private final RandomAccessFile file;
  private final Object key;
  private boolean broken;

  private LockedFile(RandomAccessFile file, Object key) {
    this.file = file;
    this.key = key;
  }

  /** Makes the file, for its owner alone, unless it is there. */
  static void create(Path path) throws IOException {
    try {
      Files.createFile(path, OwnerOnly.file(path));
    } catch (FileAlreadyExistsException e) {
      return;
    }
    Path folder = path.toAbsolutePath().getParent();
    if (OwnerOnly.isPosix(path) && folder != null) {
      try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }

  /** {@return the open file, or empty if someone else has it} */
  static Optional<LockedFile> open(Path path) throws IOException {
    Object inode = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    Object key = inode == null ? path.toRealPath() : inode;
    if (!HELD.add(key)) {
      return Optional.empty();
    }
    Optional<LockedFile> opened = Optional.empty();
    try {
      opened = locked(path, key);
    } finally {
      if (opened.isEmpty()) {
        HELD.remove(key);
      }
    }
    return opened;
  }

  private static Optional<LockedFile> locked(Path path, Object key) throws IOException {
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    boolean locked = false;
    try {
      locked = file.getChannel().tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return Optional.empty(); // another class loader's copy of this class holds it
    } finally {
      if (!locked) {
        file.close();
      }
    }
    return locked ? Optional.of(new LockedFile(file, key)) : Optional.empty();
  }

  byte[] content() throws IOException {
    byte[] content = new byte[Math.toIntExact(file.length())];
    file.seek(0);
    file.readFully(content);
    return content;
  }

  void cutOffAfter(long length) throws IOException {
    if (length < file.length()) {
      file.setLength(length);
      file.getFD().sync();
    }
    file.seek(length);
  }

  /** Appends and forces to disk; after a failure, what is there is unknown, so never again. */
  void append(byte[] bytes) throws IOException {
    if (broken) {
      throw new IOException("an earlier write failed");
    }
    broken = true;
    file.write(bytes);
    file.getFD().sync();
    broken = false;
  }

  @Override
  public void close() throws IOException {
    if (file.getFD().valid()) {
      file.close();
      HELD.remove(key);
    }
  }
}
