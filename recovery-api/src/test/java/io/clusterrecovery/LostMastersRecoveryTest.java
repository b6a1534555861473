package io.clusterrecovery;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LostMastersRecoveryTest {
  private static final Instant VERIFIED = Instant.parse("2026-11-23T00:00:00Z");
  private static final Refusal NO_ROOM = new Refusal(Code.DISK_FULL, "No room.", "Make room.");
  private static final Refusal NO_ZONE = new Refusal(Code.ZONE_UNKNOWN, "No zone.", "Name it.");
  private static final Refusal NO_POOL =
      new Refusal(Code.TARGET_GROUP_UNKNOWN, "No group.", "Name it.");

  private final RecoveryWorld world = new RecoveryWorld(VERIFIED);

  @Test
  void run_problemsInSeveralParts_listsAllAtOnceAndTouchesNothing() {
    world.refuse("restore", NO_ROOM);
    world.refuse("dns", NO_ZONE);
    world.refuse("pool", NO_POOL);
    Report report = world.whole().build().runbook("book").build().run();

    RecoveryException failure = requireNonNull(report.failure());
    assertThat(failure).isInstanceOf(RefusedException.class);
    assertThat(((RefusedException) failure).refusals())
        .containsExactlyInAnyOrder(NO_ROOM, NO_ZONE, NO_POOL);
    assertThat(world.changes()).isEmpty();
    assertThat(report.steps().get(0).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.steps().subList(1, report.steps().size()))
        .extracting(Report.Step::outcome)
        .containsOnly(Outcome.NOT_REACHED);
  }

  @Test
  void run_checkThatCannotLook_isOneOfTheProblems() {
    world.refuse("dns", NO_ZONE);
    Report report =
        world
            .whole()
            .check(new TestStep<>("look", run -> broken()))
            .build()
            .runbook("book")
            .build()
            .run();

    assertThat(((RefusedException) requireNonNull(report.failure())).refusals())
        .extracting(Refusal::code)
        .containsExactlyInAnyOrder(Code.ZONE_UNKNOWN, Code.UNEXPECTED);
    assertThat(world.changes()).isEmpty();
  }

  @Test
  void run_everyPart_keepsToTheOrderOfTheProcedure() {
    Report report = world.whole().build().runbook("book").build().run().orThrow();

    assertThat(report.steps())
        .extracting(Report.Step::name)
        .containsExactly(
            "restore quorum",
            "wait for the API",
            "forget lost masters",
            "get new masters",
            "approve certificate requests",
            "wait for the nodes",
            "correct DNS",
            "correct the load balancer",
            "grow etcd",
            "redeploy operators",
            "clean the cluster",
            "take a fresh backup");
    assertThat(world.changes())
        .containsExactly(
            "restore",
            "api",
            "forget",
            "make m3",
            "make m4",
            "approve m3,m4 since " + VERIFIED,
            "nodes",
            "dns e0=10.0.0.1 e1=10.0.0.13 e2=10.0.0.14",
            "pool 10.0.0.1,10.0.0.13,10.0.0.14 without 10.0.0.2,10.0.0.3",
            "grow m3,m4",
            "operators",
            "clean",
            "backup");
  }

  @Test
  void run_growthBeforeBalancer_growsWhenNodesAndNamesAreThere() {
    world.whole().order(RecoveryOrder.GROWTH_BEFORE_BALANCER).build().runbook("b").build().run();

    assertThat(world.words())
        .containsSubsequence("approve", "nodes", "dns", "grow", "pool", "operators");
  }

  @Test
  void run_oneByOne_growsAndApprovesEachMasterBeforeTheNext() {
    world
        .whole()
        .order(RecoveryOrder.ONE_BY_ONE)
        .after(RecoveryPart.APPROVAL, "end of the join", found -> world.named("joined", found, ""))
        .build()
        .runbook("book")
        .build()
        .run()
        .orThrow();

    assertThat(world.changes())
        .containsSubsequence(
            "dns e0=10.0.0.1 e1=10.0.0.13 e2=10.0.0.14",
            "grow m3",
            "approve m3 since " + VERIFIED,
            "joined m3",
            "grow m4",
            "approve m4 since " + VERIFIED,
            "joined m4",
            "nodes",
            "pool 10.0.0.1,10.0.0.13,10.0.0.14 without 10.0.0.2,10.0.0.3");
  }

  @Test
  void run_sideBySide_keepsToTheOrderInsideEachChain() {
    Report report =
        world
            .parts(LostMastersRecovery.restoring(world.restore()))
            .masters(world.master("m3"), world.master("m4"))
            .order(RecoveryOrder.SIDE_BY_SIDE)
            .build()
            .runbook("book")
            .build()
            .run()
            .orThrow();

    assertThat(world.words()).containsSubsequence("restore", "api", "forget", "approve", "nodes");
    assertThat(world.words()).containsSubsequence("restore", "dns", "grow", "operators");
    assertThat(world.words()).containsSubsequence("restore", "pool", "operators", "backup");
    assertThat(report.steps())
        .extracting(Report.Step::name)
        .containsExactly(
            "restore quorum",
            "let new masters take part",
            "redeploy operators",
            "clean the cluster",
            "take a fresh backup");
    assertThat(report.steps().get(1).changes()).hasSize(7);
    assertThat(report.steps()).extracting(Report.Step::outcome).containsOnly(Outcome.DONE);
  }

  @Test
  void run_sideBySideFailsInOneChain_endsThereAndIsResumed(@TempDir Path folder) {
    Path journal = folder.resolve("journal");
    world.failOnce("grow");
    Report failed = sideBySide(journal).run();
    assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(requireNonNull(failed.failure()).found()).contains("grow");
    assertThat(world.words()).doesNotContain("operators");

    sideBySide(journal).resume().orThrow();

    assertThat(world.changes()).doesNotHaveDuplicates().hasSize(13);
  }

  @Test
  void run_sideBySideBeyondScope_isRefused() {
    Report report =
        LostMastersRecovery.restoring(world.restore())
            .masters(world.master("m3"))
            .order(RecoveryOrder.SIDE_BY_SIDE)
            .growth(found -> world.step("grow", "somebody else"))
            .build()
            .runbook("book")
            .build()
            .run();

    assertThat(requireNonNull(report.failure()).code()).isEqualTo(Code.OUT_OF_SCOPE);
    assertThat(world.changes()).containsExactly("restore");
  }

  private Runbook sideBySide(Path journal) {
    return world
        .whole()
        .order(RecoveryOrder.SIDE_BY_SIDE)
        .build()
        .runbook("book")
        .journal(journal)
        .build();
  }

  @Test
  void run_partsLeftOut_doesTheRest() {
    LostMastersRecovery.restoring(world.restore())
        .growth(found -> world.step("grow"))
        .build()
        .runbook("book")
        .build()
        .run()
        .orThrow();

    assertThat(world.changes()).containsExactly("restore", "grow");
  }

  @Test
  void run_restoredBefore_goesByWhatIsKnownOfIt() {
    Report report =
        LostMastersRecovery.after(VERIFIED)
            .masters(new Master("m3", "10.0.0.13"))
            .approval(found -> world.named("approve", found, " since " + found.restored()))
            .build()
            .runbook("book")
            .build()
            .run()
            .orThrow();

    assertThat(report.steps().get(0).outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(world.changes()).containsExactly("approve m3 since " + VERIFIED);
  }

  @Test
  void run_extraSteps_comeAfterTheirPart() {
    world
        .whole()
        .after(RecoveryPart.RESTORE, "look again", found -> world.step("again"))
        .after(RecoveryPart.DNS, "flush", found -> world.step("flush"))
        .build()
        .runbook("book")
        .build()
        .run()
        .orThrow();

    assertThat(world.words())
        .containsSubsequence("restore", "again", "api", "dns", "flush", "pool");
  }

  @Test
  void run_mastersToldByAStep_areUsedByTheRest() {
    LostMastersRecovery.restoring(world.restore())
        .survivors(RecoveryWorld.SURVIVOR)
        .masters(restored -> world.step("machines").map(done -> List.of(world.master("x1"))))
        .dns(world.dns(), "e0", "e1")
        .approval(found -> world.step("approve " + RecoveryWorld.names(found.masters())))
        .build()
        .runbook("book")
        .build()
        .run()
        .orThrow();

    assertThat(world.changes())
        .containsExactly("restore", "machines", "approve x1", "dns e0=10.0.0.1 e1=10.0.0.99");
  }

  @Test
  void run_fewerMastersToldThanNames_isRefusedAtDns() {
    Report report =
        LostMastersRecovery.restoring(world.restore())
            .survivors(RecoveryWorld.SURVIVOR)
            .masters(restored -> world.step("machines").map(done -> List.of(world.master("x1"))))
            .dns(world.dns(), "e0", "e1", "e2")
            .build()
            .runbook("book")
            .build()
            .run();

    assertThat(requireNonNull(report.failure()).code()).isEqualTo(Code.STEP_REFUSED);
    assertThat(requireNonNull(report.failure()).found()).contains("nobody takes", "e2");
    assertThat(world.words()).doesNotContain("dns");
  }

  @Test
  void run_approvalOfAnotherNode_isOutOfScope() {
    Report report =
        LostMastersRecovery.restoring(world.restore())
            .masters(world, "m3")
            .approval(found -> world.step("approve", "somebody else"))
            .build()
            .runbook("book")
            .build()
            .run();

    assertThat(requireNonNull(report.failure()).code()).isEqualTo(Code.OUT_OF_SCOPE);
    assertThat(world.changes()).containsExactly("restore", "make m3");
  }

  @Test
  void run_provisionerMakesAnother_isRefusedByName() {
    world.misname("m3");
    Report report = world.whole().build().runbook("book").build().run();

    assertThat(requireNonNull(report.failure()).code()).isEqualTo(Code.VERIFICATION_FAILED);
    assertThat(requireNonNull(report.failure()).found()).contains("m3", "other");
    assertThat(world.words()).doesNotContain("approve");
  }

  @Test
  void resume_afterFailure_skipsWhatIsDoneAndMakesNoHostTwice(@TempDir Path folder) {
    Path journal = folder.resolve("journal");
    world.failOnce("pool");
    Report failed = world.whole().build().runbook("book").journal(journal).build().run();
    assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);

    Report resumed = world.whole().build().runbook("book").journal(journal).build().resume();

    assertThat(resumed.orThrow().run()).isEqualTo(failed.run());
    assertThat(world.changes()).doesNotHaveDuplicates().hasSize(13);
  }

  @Test
  void plan_mastersGiven_showsNamesAndTargetsBeforehandAndChangesNothing() {
    RunbookPlan plan =
        world
            .parts(LostMastersRecovery.restoring(world.restore()))
            .masters(world.master("m3"), new Master("m4", "10.0.0.14"))
            .build()
            .runbook("book")
            .build()
            .plan();

    assertThat(plan.steps().stream().filter(ahead -> ahead.plan() != null))
        .extracting(RunbookPlan.Ahead::step)
        .containsExactly("restore quorum", "correct DNS", "correct the load balancer");
    assertThat(plan.toString()).contains("looked at beforehand: dns", "looked at beforehand: pool");
    assertThat(world.changes()).isEmpty();
  }

  @Test
  void plan_sameProblemInTwoSteps_isListedOnce() {
    world.refuse("dns", NO_ZONE);
    RunbookPlan plan =
        world
            .parts(LostMastersRecovery.restoring(world.restore()))
            .masters(world.master("m3"), new Master("m4", "10.0.0.14"))
            .build()
            .runbook("book")
            .build()
            .plan();

    assertThat(plan.refusals()).containsExactly(NO_ZONE);
  }

  @Test
  void build_settingsThatDoNotFit_areRefused() {
    assertThatThrownBy(
            () ->
                LostMastersRecovery.restoring(world.restore())
                    .masters(restored -> world.step("m").map(done -> List.of()))
                    .order(RecoveryOrder.ONE_BY_ONE)
                    .build())
        .hasMessageContaining("known by name");
    assertThatThrownBy(
            () -> LostMastersRecovery.restoring(world.restore()).dns(world.dns(), "e0").build())
        .hasMessageContaining("survivors");
    assertThatThrownBy(() -> world.whole().api(found -> world.step("other")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("wait for the API");
    assertThatThrownBy(
            () ->
                LostMastersRecovery.restoring(world.restore())
                    .survivors(RecoveryWorld.SURVIVOR)
                    .masters(world, "m3", "m4")
                    .dns(world.dns(), "e0", "e1")
                    .build())
        .hasMessageContaining("2 names for 1 survivors and 2 new masters");
    assertThatThrownBy(() -> world.whole().masters(world, "m9"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () ->
                LostMastersRecovery.restoring(world.restore())
                    .survivors(RecoveryWorld.SURVIVOR)
                    .masters(new Master("m3", "10.0.0.1"))
                    .build())
        .hasMessageContaining("10.0.0.1");
  }

  private static Prepared<String> broken() {
    throw new IllegalStateException("broken");
  }
}
