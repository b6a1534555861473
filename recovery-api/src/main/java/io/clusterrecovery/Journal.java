package io.clusterrecovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The append-only record of a run: intent before and outcome after each change, each line with a
 * checksum and forced to disk before the run goes on.
 *
 * <p>A last line torn by a crash is cut off; a broken line before it makes the journal unusable.
 * The file is locked against a second run, of this process or another, while it is open. An
 * interrupt does not keep a line from being written.
 */
final class Journal implements AutoCloseable {
  private static final String OTHER_FILE =
      "Use another journal file, or end the run that holds this one.";

  /** Other lines go with the next of these: what they tell, the world tells as well. */
  private static final Set<JournalEntry.Kind> COPIED =
      Set.of(
          JournalEntry.Kind.INTENT,
          JournalEntry.Kind.VALUE,
          JournalEntry.Kind.STEP_END,
          JournalEntry.Kind.RUN_END);

  private final Path path;
  private final LockedFile file;
  private final Clock clock;
  private final List<JournalEntry> entries;
  private @Nullable JournalCopier copier;

  private Journal(Path path, LockedFile file, Clock clock, List<JournalEntry> entries) {
    this.path = path;
    this.file = file;
    this.clock = clock;
    this.entries = entries;
  }

  /** Opens the journal, and makes it if there is none. */
  static Journal open(Path path, Clock clock) {
    try {
      LockedFile.create(path);
      return locked(path, clock);
    } catch (ClosedByInterruptException e) {
      throw refused(
          Code.INTERRUPTED, "The run was interrupted.", "Run it when you are ready.", null);
    } catch (IOException e) {
      throw unusable(path, "cannot be opened: " + e, e);
    }
  }

  /** Opens a journal that is there. */
  static Journal openExisting(Path path, Clock clock) {
    if (!Files.exists(path)) {
      throw unusable(path, "does not exist", null);
    }
    return open(path, clock);
  }

  private static Journal locked(Path path, Clock clock) throws IOException {
    LockedFile file =
        LockedFile.open(path)
            .orElseThrow(
                () -> {
                  String found = "The journal " + path + " is in use by another run.";
                  return refused(Code.JOURNAL_LOCKED, found, OTHER_FILE, null);
                });
    try {
      return read(path, file, clock);
    } catch (RuntimeException | IOException e) {
      file.close();
      throw e;
    }
  }

  private static Journal read(Path path, LockedFile file, Clock clock) throws IOException {
    JournalLines lines = JournalLines.of(file.content());
    if (lines.broken() != 0) {
      throw unusable(path, "is damaged in line " + lines.broken(), null);
    }
    file.cutOffAfter(lines.length());
    return new Journal(path, file, clock, new ArrayList<>(lines.entries()));
  }

  synchronized List<JournalEntry> entries() {
    return List.copyOf(entries);
  }

  /**
   * Adds a line; it is on disk when this returns.
   *
   * @throws RefusedException if it cannot be written: then nothing must be changed any more
   */
  synchronized void append(JournalEntry.Kind kind, String key, String detail) {
    JournalEntry entry = new JournalEntry(clock.now(), kind, key, detail);
    try {
      file.append(JournalLines.format(entry).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      String found = "The journal " + path + " cannot be written: " + e + ".";
      String next = "Make the file writable again (is its disk full?), then resume the run.";
      throw refused(Code.JOURNAL_UNUSABLE, found, next, e);
    }
    entries.add(entry);
    if (copier != null && COPIED.contains(kind) && hasChanges()) {
      copier.copy(content());
    }
  }

  /** Has copies made from the first change on; who made the copier closes it. */
  synchronized void copyWith(JournalCopier copier) {
    this.copier = copier;
  }

  /** Whether a change was begun, in this process or before. */
  synchronized boolean hasChanges() {
    return entries.stream().anyMatch(e -> e.kind() == JournalEntry.Kind.INTENT);
  }

  private byte[] content() {
    return entries.stream()
        .map(JournalLines::format)
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the journal " + path + " cannot be closed", e);
    }
  }

  private static RefusedException unusable(Path path, String how, @Nullable Exception cause) {
    String found = "The journal " + path + " " + how + ".";
    return refused(Code.JOURNAL_UNUSABLE, found, OTHER_FILE, cause);
  }

  private static RefusedException refused(
      Code code, String found, String next, @Nullable Exception cause) {
    return new RefusedException(new Refusal(code, found, next), cause);
  }
}
