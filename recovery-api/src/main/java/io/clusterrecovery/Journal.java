package io.clusterrecovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The append-only record of a run: intent before and outcome after each change, each line with a
 * checksum and forced to disk before the run goes on.
 *
 * <p>A last line torn by a crash is cut off; a broken line before it makes the journal unusable.
 * The file is locked against a second process while it is open.
 */
final class Journal implements AutoCloseable {
  private final FileChannel channel;
  private final FileLock lock;
  private final Clock clock;
  private final List<JournalEntry> entries;

  private Journal(FileChannel channel, FileLock lock, Clock clock, List<JournalEntry> entries) {
    this.channel = channel;
    this.lock = lock;
    this.clock = clock;
    this.entries = entries;
  }

  static Journal open(Path file, Clock clock) {
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      return locked(file, channel, clock);
    } catch (IOException e) {
      throw refused(Code.JOURNAL_UNUSABLE, "The journal %s cannot be opened: %s.", file, e);
    }
  }

  private static Journal locked(Path file, FileChannel channel, Clock clock) throws IOException {
    FileLock lock = tryLock(channel);
    if (lock == null) {
      channel.close();
      throw refused(Code.JOURNAL_LOCKED, "The journal %s is in use by another run.", file, null);
    }
    JournalLines lines = JournalLines.read(file);
    if (lines.broken() != 0) {
      channel.close();
      throw refused(
          Code.JOURNAL_UNUSABLE,
          "The journal %s is damaged in line " + lines.broken() + ".",
          file,
          null);
    }
    channel.truncate(lines.length());
    channel.position(lines.length());
    return new Journal(channel, lock, clock, new ArrayList<>(lines.entries()));
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  synchronized List<JournalEntry> entries() {
    return List.copyOf(entries);
  }

  synchronized void append(JournalEntry.Kind kind, String key, String detail) {
    JournalEntry entry = new JournalEntry(clock.now(), kind, key, detail);
    try {
      ByteBuffer line =
          ByteBuffer.wrap(JournalLines.format(entry).getBytes(StandardCharsets.UTF_8));
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the journal cannot be written, so nothing more is changed", e);
    }
    entries.add(entry);
  }

  @Override
  public synchronized void close() {
    try (FileChannel closing = channel) {
      if (closing.isOpen()) {
        lock.release();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the journal cannot be closed", e);
    }
  }

  private static RefusedException refused(
      Code code, String found, Path file, @Nullable Exception cause) {
    String text = found.formatted(file, cause);
    String next = "Use another journal file, or end the run that holds this one.";
    return new RefusedException(new Refusal(code, text, next), cause);
  }
}
