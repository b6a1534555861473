package io.clusterrecovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  @TempDir Path folder = Path.of("");
  private final ManualClock clock = new ManualClock();

  private Path file() {
    return folder.resolve("journal");
  }

  @Test
  void change_done_hasIntentBeforeAndOutcomeAfter() {
    try (Journal journal = Journal.open(file(), clock)) {
      ChangeLog log = log(journal);
      log.perform(TestStep.FIRST, () -> assertThat(kinds()).containsExactly("INTENT"));
    }
    assertThat(kinds()).containsExactly("INTENT", "DONE");
  }

  @Test
  void change_failed_hasIntentAndFailure() {
    try (Journal journal = Journal.open(file(), clock)) {
      assertThatThrownBy(() -> log(journal).perform(TestStep.FIRST, this::breaks))
          .isInstanceOf(IllegalStateException.class);
      assertThat(journal.entries())
          .last()
          .satisfies(e -> assertThat(e.kind()).isEqualTo(JournalEntry.Kind.FAILED))
          .satisfies(e -> assertThat(e.key()).isEqualTo("step/first"))
          .satisfies(e -> assertThat(e.detail()).isEqualTo("broken"));
    }
  }

  @Test
  void open_again_givesWhatWasWritten() {
    write("größe\n€ 𝄞", "\"\\");
    try (Journal journal = Journal.open(file(), clock)) {
      assertThat(journal.entries())
          .extracting(JournalEntry::detail)
          .containsExactly("größe\n€ 𝄞", "\"\\");
      assertThat(journal.entries()).extracting(JournalEntry::at).containsOnly(clock.now());
    }
  }

  @Test
  void open_lastLineTornAtAnyByte_cutsItOffAndGoesOn() throws IOException {
    write("größe", "€ 𝄞 ü");
    byte[] whole = Files.readAllBytes(file());
    int first = indexOf(whole, '\n') + 1;
    for (int length = first; length < whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      try (Journal journal = Journal.open(file(), clock)) {
        assertThat(journal.entries()).extracting(JournalEntry::detail).containsExactly("größe");
        journal.append(JournalEntry.Kind.VALUE, "key", "ö");
      }
      assertThat(details()).containsExactly("größe", "ö");
    }
  }

  @Test
  void open_flippedByteInTheMiddle_isUnusableNamingTheLine() throws IOException {
    write("one", "zwölf", "three");
    byte[] whole = Files.readAllBytes(file());
    int begin = indexOf(whole, '\n') + 1;
    int end = begin + indexOf(Arrays.copyOfRange(whole, begin, whole.length), '\n');
    for (int at = begin; at < end; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 0x20;
      Files.write(file(), flipped);
      RefusedException e = refused();
      assertThat(e.code()).isEqualTo(Code.JOURNAL_UNUSABLE);
      assertThat(e.found()).contains("damaged in line 2");
      assertThat(Files.readAllBytes(file())).isEqualTo(flipped);
    }
  }

  @Test
  void open_wholeLineOfAnotherVersion_isUnusableAndKept() throws IOException {
    write("one");
    byte[] before = Files.readAllBytes(file());
    String line = JournalLines.format(new JournalEntry(clock.now(), JournalEntry.Kind.RUN, "", ""));
    String other = JournalFiles.line(line.substring(9).strip().replace("RUN", "NEW"));
    Files.writeString(file(), new String(before, java.nio.charset.StandardCharsets.UTF_8) + other);
    assertThat(refused().found()).contains("line 2");
    assertThat(Files.readString(file())).endsWith(other);
  }

  @Test
  void open_heldByThisProcess_isLocked() {
    try (Journal journal = Journal.open(file(), clock)) {
      assertThat(refused().code()).isEqualTo(Code.JOURNAL_LOCKED);
      journal.append(JournalEntry.Kind.VALUE, "key", "still mine");
    }
    assertThat(details()).containsExactly("still mine");
  }

  @Test
  void open_heldUnderAnotherName_isLocked() throws IOException {
    try (Journal journal = Journal.open(file(), clock)) {
      Path other = Files.createSymbolicLink(folder.resolve("other"), file());
      RefusedException e =
          catchThrowableOfType(RefusedException.class, () -> Journal.open(other, clock));
      assertThat(e.code()).isEqualTo(Code.JOURNAL_LOCKED);
      assertThat(journal.entries()).isEmpty();
    }
  }

  @Test
  void open_afterDamage_leavesNoLockBehind() throws IOException {
    Files.writeString(file(), "garbage\ngarbage\n");
    assertThat(refused().code()).isEqualTo(Code.JOURNAL_UNUSABLE);
    assertThat(refused().code()).isEqualTo(Code.JOURNAL_UNUSABLE);
  }

  @Test
  void open_newFile_isReadableByItsOwnerAlone() throws IOException {
    write("one");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void open_noFolderOrNoFile_isUnusable() {
    for (Path path : List.of(folder.resolve("missing/journal"), folder)) {
      RefusedException e =
          catchThrowableOfType(RefusedException.class, () -> Journal.open(path, clock));
      assertThat(e.code()).isEqualTo(Code.JOURNAL_UNUSABLE);
      assertThat(e.found()).contains(path.toString());
    }
  }

  @Test
  void openExisting_noFile_refusesAndMakesNone() {
    assertThatThrownBy(() -> Journal.openExisting(file(), clock))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("does not exist");
    assertThat(file()).doesNotExist();
  }

  @Test
  void append_interrupted_writesAllTheSameAndKeepsTheFlag() {
    try (Journal journal = Journal.open(file(), clock)) {
      Thread.currentThread().interrupt();
      journal.append(JournalEntry.Kind.VALUE, "key", "one");
      journal.append(JournalEntry.Kind.VALUE, "key", "two");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(refused().code()).isEqualTo(Code.JOURNAL_LOCKED);
    }
    assertThat(details()).containsExactly("one", "two");
  }

  @Test
  void append_cannotBeWritten_refuses() {
    Journal journal = Journal.open(file(), clock);
    journal.close();
    assertThatThrownBy(() -> journal.append(JournalEntry.Kind.VALUE, "key", "one"))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo(Code.JOURNAL_UNUSABLE));
  }

  @Test
  void change_intentCannotBeWritten_isNotMade() {
    Journal journal = Journal.open(file(), clock);
    ChangeLog log = log(journal);
    journal.close();
    assertThatThrownBy(() -> log.perform(TestStep.FIRST, () -> write("changed")))
        .isInstanceOf(RefusedException.class);
    assertThat(details()).isEmpty();
  }

  @Test
  void change_outcomeCannotBeWritten_isToldAsDone() {
    Journal journal = Journal.open(file(), clock);
    ChangeLog log = log(journal);
    assertThatThrownBy(() -> log.perform(TestStep.FIRST, journal::close))
        .isInstanceOf(RefusedException.class);
    assertThat(log.completed()).containsExactly(TestStep.FIRST);
  }

  private void write(String... details) {
    try (Journal journal = Journal.open(file(), clock)) {
      for (String detail : details) {
        journal.append(JournalEntry.Kind.VALUE, "key", detail);
      }
    }
  }

  private RefusedException refused() {
    return catchThrowableOfType(RefusedException.class, () -> Journal.open(file(), clock));
  }

  private List<String> details() {
    return JournalFiles.entries(file()).stream().map(JournalEntry::detail).toList();
  }

  private List<String> kinds() {
    return JournalFiles.kinds(file());
  }

  private ChangeLog log(Journal journal) {
    RunSettings settings =
        new RunSettings(
            new RunId("run"),
            clock,
            EventListener.NONE,
            Confirmation.ALL,
            Deadline.none(),
            new RunMemory(journal),
            new HostLocks(new RunId("run"), HostLocks.Terms.NONE, clock));
    return new ChangeLog(settings, "step", null);
  }

  private void breaks() {
    throw new IllegalStateException("broken");
  }

  private static int indexOf(byte[] bytes, char wanted) {
    int at = 0;
    while (bytes[at] != wanted) {
      at++;
    }
    return at;
  }
}
