package io.clusterrecovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunbookLockTest {
  @TempDir Path folder;
  private final World world = new World();
  private final Events events = new Events();
  private final LockableHost survivor = new LockableHost("master-0");
  private final LockableHost other = new LockableHost("master-1");

  @Test
  void run_allDone_locksFromBeforeTheFirstChangeToTheEnd() {
    Runbook.Builder book = book("alice", "journal");
    book.step("first", world.setting("a"));
    book.step("look", looking(() -> assertThat(survivor.entry().owner()).isEqualTo("alice")));
    Report report = book.build().run().orThrow();
    assertThat(survivor.lock).isEmpty();
    assertThat(other.lock).isEmpty();
    assertThat(report.forced()).isEmpty();
  }

  @Test
  void run_nothingToChange_takesNoLock() {
    survivor.beforeSetting = () -> world.values.put("locked", "yes");
    Runbook.Builder book = book("alice", "journal");
    book.step("first", TestStep.unchanged("all there"));
    assertThat(book.build().run().outcome()).isEqualTo(Outcome.DONE);
    assertThat(world.values).isEmpty();
  }

  @Test
  void run_anotherHoldsOneOfTheHosts_changesNothingAndLeavesAllLocksAsTheyWere() {
    halfWay("alice", "first-journal", survivor);
    String held = survivor.lock;
    Runbook.Builder book = book("bob", "journal");
    book.step("first", world.setting("a"));
    Report report = book.build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.failure())
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("HOST_LOCKED: master-0 is locked by alice since");
    assertThat(world.values).isEmpty();
    assertThat(survivor.lock).isEqualTo(held);
    assertThat(other.lock).isEmpty();
  }

  @Test
  void run_anotherIsFasterAfterTheLook_givesBackWhatItHadAndNamesTheOther() {
    String theirs =
        new LockEntry("theirs", "bob", "m", "p", new ManualClock().now(), "/journal", null).text();
    other.beforeSetting = () -> other.lock = other.lock.isEmpty() ? theirs : other.lock;
    Runbook.Builder book = book("alice", "journal");
    book.step("first", world.setting("a"));
    Report report = book.build().run();
    assertThat(report.failure()).hasMessageContaining("master-1 is locked by bob");
    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(world.values).isEmpty();
    assertThat(survivor.lock).isEmpty();
    assertThat(other.lock).isEqualTo(theirs);
  }

  @Test
  void plan_firstStepChangesNothing_isRefusedForTheNext() {
    halfWay("alice", "first-journal", survivor);
    Runbook.Builder book = book("bob", "journal");
    book.step("look", TestStep.unchanged("all there"));
    book.step("first", world.setting("a"));
    assertThat(book.build().plan().refusals())
        .extracting(Refusal::code)
        .containsExactly(Code.HOST_LOCKED);
  }

  @Test
  void resume_killedBeforeItsLocksWereGivenBack_givesThemBackThoughAllIsDone() {
    Runbook.Builder book = book("alice", "journal");
    book.step("first", world.setting("a"));
    Runbook runbook = book.build();
    assertThat(runbook.run().outcome()).isEqualTo(Outcome.DONE);
    String run = JournalFiles.entries(folder.resolve("journal")).get(0).detail();
    survivor.lock =
        new LockEntry(run, "alice", "m", "p", new ManualClock().now(), "/journal", null).text();
    assertThat(runbook.resume().outcome()).isEqualTo(Outcome.DONE);
    assertThat(survivor.lock).isEmpty();
  }

  @Test
  void run_lockCannotBeSetOnAHostThatAnswers_isRefusedWithNothingChanged() {
    other.broken = true;
    Runbook.Builder book = book("alice", "journal");
    book.step("first", world.setting("a"));
    Report report = book.build().run();
    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.failure()).hasMessageContaining("Read-only file system");
    assertThat(world.values).isEmpty();
    assertThat(survivor.lock).isEmpty();
  }

  @Test
  void resume_runThatFailedHalfWay_entersItsOwnLocksAndGivesThemBack() {
    halfWay("alice", "journal", survivor);
    String run = survivor.entry().run();
    assertThat(survivor.entry().journal()).isEqualTo(folder.resolve("journal").toString());
    Runbook.Builder book = book("alice on another machine", "journal");
    book.step("first", world.setting("a"));
    Report report = book.build().resume().orThrow();
    assertThat(report.run()).isEqualTo(run);
    assertThat(survivor.lock).isEmpty();
  }

  @Test
  void resume_refusedAfterChanges_keepsTheLocks() {
    Runbook.Builder book = book("alice", "journal");
    book.step("first", world.setting("a"));
    book.step("second", TestStep.refusing(Code.DISK_FULL, "No room."));
    Runbook runbook = book.build();
    assertThat(runbook.run().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(survivor.lock).isNotEmpty();
    assertThat(runbook.resume().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(survivor.lock).isNotEmpty();
  }

  @Test
  void run_crashedWhileTakingTheLocks_canBeResumed() {
    other.beforeSetting =
        () -> {
          throw new World.Crash();
        };
    Runbook.Builder book = book("alice", "journal");
    book.step("first", world.setting("a"));
    Runbook runbook = book.build();
    assertThatThrownBy(runbook::run).isInstanceOf(World.Crash.class);
    assertThat(survivor.lock).isNotEmpty();
    assertThat(other.lock).isEmpty();
    other.beforeSetting = () -> {};
    assertThat(runbook.resume().outcome()).isEqualTo(Outcome.DONE);
    assertThat(survivor.lock).isEmpty();
  }

  @Test
  void run_takesOverFromWhomItNames_showsItInPlanAndReport() {
    halfWay("alice", "first-journal", survivor);
    Runbook.Builder book = book("bob", "journal").takeOver("alice");
    book.step("first", world.setting("a"));
    Runbook runbook = book.build();
    RunbookPlan plan = runbook.plan();
    assertThat(plan.refusals()).isEmpty();
    assertThat(plan.forced()).containsExactly("takeOver(alice) of the lock of master-0");
    Report report = runbook.run(plan).orThrow();
    assertThat(report.forced()).containsExactly("takeOver(alice) of the lock of master-0");
    assertThat(events.of(Event.Line.class))
        .extracting(Event.Line::text)
        .anySatisfy(line -> assertThat(line).contains("was locked by alice", "taken over"));
    assertThat(survivor.lock).isEmpty();
  }

  @Test
  void run_takesOverFromSomebodyElse_isRefused() {
    halfWay("alice", "first-journal", survivor);
    Runbook.Builder book = book("bob", "journal").takeOver("carol");
    book.step("first", world.setting("a"));
    assertThat(book.build().run().failure())
        .hasMessageContaining("locked by alice")
        .hasMessageContaining("not by carol");
    assertThat(survivor.entry().owner()).isEqualTo("alice");
  }

  @Test
  void run_wasTakenOverFromMeanwhile_stopsBeforeItsNextStep() {
    Runbook.Builder book = book("alice", "journal");
    book.step("first", world.setting("a"));
    book.step("second", changing(survivor));
    String theirs =
        new LockEntry("theirs", "bob", "m", "p", new ManualClock().now(), "/j", "alice").text();
    Runbook runbook =
        book.listener(
                event -> {
                  if (event instanceof Event.StepFinished) {
                    survivor.lock = theirs;
                  }
                })
            .build();
    assertThat(runbook.run().failure()).hasMessageContaining("master-0 is locked by bob");
    assertThat(survivor.lock).isEqualTo(theirs);
  }

  @Test
  void plan_hostAway_isToldAndDoesNotStopTheRun() {
    other.away = true;
    Runbook.Builder book = book("alice", "journal");
    book.step("first", world.setting("a"));
    Runbook runbook = book.build();
    assertThat(runbook.plan().toString())
        .contains("master-1 is not locked, since it cannot be reached (HOST_UNREACHABLE)");
    assertThat(runbook.run().outcome()).isEqualTo(Outcome.DONE);
    assertThat(survivor.lock).isEmpty();
  }

  @Test
  void carryOut_operationByItself_isKeptOutByARunAndKeepsOthersOut() {
    halfWay("alice", "journal", survivor);
    RunContext run = RunContext.builder().owner("bob").build();
    assertThatThrownBy(() -> run.carryOut(changing(survivor)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("locked by alice");
    survivor.lock = "";
    run.carryOut(changing(survivor));
    assertThat(survivor.lock).isEmpty();
    assertThat(world.values).containsEntry("lock", "bob");
  }

  @Test
  void carryOut_leftByACrashOfThisProcess_isTakenAgain() {
    RunContext first = RunContext.builder().owner("alice").build();
    assertThatThrownBy(
            () ->
                first.carryOut(
                    new Changing(
                        survivor,
                        () -> {
                          throw new World.Crash();
                        })))
        .isInstanceOf(World.Crash.class);
    assertThat(survivor.lock).isNotEmpty();
    assertThatThrownBy(() -> RunContext.builder().owner("bob").build().carryOut(changing(survivor)))
        .isInstanceOf(RefusedException.class);
    RunContext.builder().owner("alice").build().carryOut(changing(survivor));
    assertThat(survivor.lock).isEmpty();
  }

  @Test
  void carryOut_whileAnotherOfThisProcessIsAtWork_isRefused() {
    RunContext.builder()
        .owner("alice")
        .build()
        .carryOut(
            new Changing(
                survivor,
                () ->
                    assertThatThrownBy(
                            () ->
                                RunContext.builder()
                                    .owner("alice")
                                    .build()
                                    .carryOut(changing(survivor)))
                        .isInstanceOf(RefusedException.class)
                        .hasMessageContaining("locked by alice")));
    assertThat(survivor.lock).isEmpty();
  }

  private Runbook.Builder book(String owner, String journal) {
    return Runbook.named("test book")
        .journal(folder.resolve(journal))
        .listener(events)
        .owner(owner)
        .lockOn(other.port(), survivor.port());
  }

  /** A run that has changed something and then failed. */
  private void halfWay(String owner, String journal, LockableHost host) {
    Runbook.Builder book =
        Runbook.named("test book")
            .journal(folder.resolve(journal))
            .owner(owner)
            .lockOn(host.port());
    book.step(
        "first",
        TestStep.acting(
            run -> {
              run.change(TestStep.FIRST, () -> {});
              throw new IllegalStateException("broken");
            }));
    assertThat(book.build().run().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(host.entry().owner()).isEqualTo(owner);
  }

  private RecoveryStep<String> looking(Runnable look) {
    return TestStep.with(
        Plan.of("look", "host").build(),
        run -> {
          look.run();
          return "";
        });
  }

  private Changing changing(LockableHost host) {
    return new Changing(host, () -> world.values.put("lock", host.entry().owner()));
  }

  /** A step that changes a host. */
  private record Changing(LockableHost host, Runnable act) implements RecoveryStep<String> {
    @Override
    public String operation() {
      return "change a host";
    }

    @Override
    public List<RemoteHost> hosts() {
      return List.of(host.port());
    }

    @Override
    public Prepared<String> prepare(RunContext run) {
      return new Prepared<>(
          Plan.of(operation(), "host").change(TestStep.FIRST).build(),
          acting -> {
            acting.change(TestStep.FIRST, act);
            return "";
          });
    }
  }
}
