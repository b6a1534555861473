package io.clusterrecovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalCopyTest {
  @TempDir Path folder = Path.of("");
  private final World world = new World();
  private final Events events = new Events();
  private final RemoteHost survivor = mock(RemoteHost.class);
  private final List<String> copies = new ArrayList<>();
  private boolean broken;

  @BeforeEach
  void hostThatKeepsWhatItGets() {
    when(survivor.name()).thenReturn("master-0");
    when(survivor.run(any())).thenAnswer(call -> kept(call.getArgument(0)));
  }

  @Test
  void run_allDone_theCopyIsTheJournal() throws IOException {
    assertThat(runbook().run().outcome()).isEqualTo(Outcome.DONE);
    assertThat(last()).isEqualTo(Files.readString(journal()));
  }

  @Test
  void run_crashWithinAChange_theCopyKnowsOfIt() {
    world.crashAfter(3);
    assertThatThrownBy(() -> runbook().run()).isInstanceOf(World.Crash.class);
    assertThat(JournalLines.of(last().getBytes(UTF_8)).entries())
        .last()
        .extracting(JournalEntry::kind)
        .isEqualTo(JournalEntry.Kind.INTENT);
  }

  @Test
  void run_refusedBeforeAnyChange_leavesNothingOnTheHost() {
    Runbook.Builder book = Runbook.named("test book").journal(journal()).journalCopyOn(survivor);
    book.step("first", TestStep.refusing(Code.DISK_FULL, "No room."));
    assertThat(book.build().run().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(copies).isEmpty();
  }

  @Test
  void run_hostTakesNoCopyForAWhile_isToldOnceAndTheCopyIsCompleteInTheEnd() throws IOException {
    broken = true;
    Runbook.Builder book = book();
    book.step("first", world.setting("a", "b"));
    book.step("mended", TestStep.unchanged(""));
    Runbook runbook =
        book.listener(
                events.andThen(
                    event -> {
                      if (event instanceof Event.StepFinished) {
                        broken = false;
                      }
                    }))
            .build();
    assertThat(runbook.run().outcome()).isEqualTo(Outcome.DONE);
    assertThat(lines())
        .filteredOn(line -> line.contains("is not copied to master-0"))
        .singleElement()
        .asString()
        .contains("the recovery goes on", "no room");
    assertThat(lines()).anyMatch(line -> line.contains("is complete again"));
    assertThat(last()).isEqualTo(Files.readString(journal()));
  }

  @Test
  void resume_fromTheCopy_goesOnUnderTheSameId() throws IOException {
    world.crashAfter(5);
    assertThatThrownBy(() -> runbook().run()).isInstanceOf(World.Crash.class);
    world.recover();
    Files.writeString(journal(), last());
    Report report = runbook().resume().orThrow();
    assertThat(world.values).containsEntry("a", "a-wanted").containsEntry("b", "b-wanted");
    assertThat(last()).contains(report.run());
  }

  @Test
  void build_copyWithoutJournal_isRefused() {
    Runbook.Builder book = Runbook.named("test book").journalCopyOn(survivor);
    book.step("first", world.setting("a"));
    assertThatThrownBy(book::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("journal(file)");
  }

  @Test
  void fetch_fileIsThere_refusesWithoutAskingTheHost() throws IOException {
    Files.writeString(journal(), "mine");
    assertThatThrownBy(() -> JournalCopy.fetch(survivor, new RunId("run"), journal()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("FILE_UNWRITABLE");
    assertThat(Files.readString(journal())).isEqualTo("mine");
  }

  @Test
  void fetch_noCopyOfThatRun_namesThoseThatAreThere() {
    doReturn(new CommandResult(0, "20260101-000000-aaaaaa\n", "", Duration.ZERO))
        .when(survivor)
        .run(any());
    assertThatThrownBy(() -> JournalCopy.fetch(survivor, new RunId("run"), journal()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(
            "master-0 has no journal of run run, but of [20260101-000000-aaaaaa]");
    assertThat(journal()).doesNotExist();
  }

  private Runbook runbook() {
    Runbook.Builder book = book();
    book.step("first", world.setting("a", "b"));
    return book.build();
  }

  private Runbook.Builder book() {
    return Runbook.named("test book").journal(journal()).journalCopyOn(survivor).listener(events);
  }

  private CommandResult kept(Command command) {
    if (broken) {
      return new CommandResult(1, "", "no room", Duration.ZERO);
    }
    copies.add(new String(requireNonNull(command.stdin()).reveal(), UTF_8));
    return new CommandResult(0, "", "", Duration.ZERO);
  }

  private String last() {
    return copies.get(copies.size() - 1);
  }

  private List<String> lines() {
    return events.of(Event.Line.class).stream().map(Event.Line::text).toList();
  }

  private Path journal() {
    return folder.resolve("journal");
  }
}
