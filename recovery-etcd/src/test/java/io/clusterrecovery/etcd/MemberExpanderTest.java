package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.StepFailedException;
import io.clusterrecovery.TimedOutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemberExpanderTest {
  private static final Duration SYNC_LIMIT = Duration.ofSeconds(2);
  private static final Duration LONG = Duration.ofHours(1);

  private final SteppedClock clock = new SteppedClock();
  private final FakeEtcd etcd = new FakeEtcd(clock);

  @Test
  void expand_answerOfThePromotionLostAtTheLimit_goesOnAndStopsNothing() {
    etcd.silentAfterPromotion(SYNC_LIMIT.plusSeconds(5));

    Membership grown = run().carryOut(expander());

    assertThat(grown.voters()).isEqualTo(2);
    assertThat(grown.changed())
        .extracting(Change::id)
        .containsExactly("grow/add-learner/two", "grow/start/two", "grow/promote/two");
    assertThat(etcd.events).containsExactly("add", "started", "promoted", "settled");
  }

  @Test
  void expand_answerOfThePromotionLostAtTheDeadline_stopsNothing() {
    etcd.silentAfterPromotion(Duration.ofSeconds(5));
    RunContext run = RunContext.builder().clock(clock).deadline(Duration.ofSeconds(1)).build();

    RecoveryException failure = failureIn(run);

    assertThat(failure.getMessage()).contains("Whether two votes by now is not known");
    assertThat(etcd.events).containsExactly("add", "started", "promoted");
  }

  @Test
  void expand_nothingAnswersAfterThePromotion_tellsThatMembershipIsUnknownAndStopsNothing() {
    etcd.silentAfterPromotion(LONG);

    RecoveryException failure = failureIn(run());

    assertThat(failure)
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining("Whether two votes by now is not known, so nothing was undone")
        .hasMessageContaining("Do not stop etcd on host-two");
    assertThat(etcd.events).containsExactly("add", "started", "promoted");
  }

  @Test
  void expand_listsAnsweredWithoutQuorum_areNoProof() {
    etcd.silentAfterPromotion(Duration.ZERO);
    etcd.readsAfterPromotion = false;

    RecoveryException failure = failureIn(run());

    assertThat(failure.getMessage()).contains("Whether two votes by now is not known");
    assertThat(etcd.events).containsExactly("add", "started", "promoted");
  }

  @Test
  void expand_learnerNeverInSync_isRemovedBeforeItsEtcdIsStopped() {
    etcd.inSync = false;

    RecoveryException failure = failureIn(run());

    assertThat(failure).isInstanceOf(TimedOutException.class).hasMessageContaining("not in sync");
    assertThat(failure.changed()).extracting(Change::id).contains("grow/undo-add/two");
    assertThat(etcd.events)
        .containsExactly("add", "started", "removal asked", "removed", "stopped");
  }

  @Test
  void expand_removedLearnerIsListedStill_isNotStoppedAndTheMessageSaysSo() {
    etcd.inSync = false;
    etcd.removes = false;

    RecoveryException failure = failureIn(run());

    assertThat(failure.getMessage())
        .contains("not in sync", "Undoing the add of two failed as well", "etcd still lists it");
    assertThat(etcd.events).contains("removal asked").doesNotContain("stopped");
  }

  @Test
  void expand_etcdOfARemovedLearnerCannotBeStopped_theMessageSaysSo() {
    etcd.inSync = false;

    RecoveryException failure =
        catchThrowableOfType(
            RecoveryException.class,
            () ->
                run()
                    .carryOut(
                        builder((m, run, plan) -> new FakeStart(etcd, m.name()).unstoppable())
                            .build()));

    assertThat(failure.getMessage())
        .contains("not in sync", "does not list two any more", "cannot be stopped");
    assertThat(failure.next()).contains("The cluster is as it was before", "host-two");
    assertThat(etcd.members).containsOnlyKeys("1");
  }

  @Test
  void expand_memberThatItsStarterPromotes_isWaitedForAndNotPromoted() {
    Membership grown =
        run()
            .carryOut(builder((m, run, plan) -> new FakeStart(etcd, m.name()).promoting()).build());

    assertThat(grown.voters()).isEqualTo(2);
    assertThat(etcd.events).containsExactly("add", "started", "settled");
  }

  @Test
  void plan_hostMadeAnew_showsTheForcing() {
    MemberExpander expander =
        builder((member, run, plan) -> new FakeStart(etcd, member.name()))
            .add(
                "three",
                FakeEtcd.peer("three"),
                new RecordingHost("host-three").forcing("rebuilt(SHA256:a) of host-three"))
            .build();

    assertThat(run().plan(expander).forced()).containsExactly("rebuilt(SHA256:a) of host-three");
  }

  @Test
  void plan_hostThatCannotBeLookedAt_hidesNoOtherRefusal() {
    etcd.put(new EtcdMember("9", "", List.of(FakeEtcd.peer("x")), List.of(), learner()));
    MemberExpander expander =
        builder(
                (member, run, plan) -> {
                  if (member.name().equals("two")) {
                    throw new RefusedException(
                        new Refusal(Code.HOST_UNREACHABLE, "two is away.", "Find it."), null);
                  }
                  plan.refuse(Code.NAME_RESOLUTION, "three is not itself.", "Correct it.");
                  return new FakeStart(etcd, member.name());
                })
            .add("three", FakeEtcd.peer("three"), new RecordingHost("host-three"))
            .build();

    Plan plan = run().plan(expander);

    assertThat(plan.target()).isEqualTo("etcd at [http://one.test:2379]");
    assertThat(plan.refusals())
        .extracting(Refusal::code)
        .containsExactly(Code.MEMBERSHIP_UNHEALTHY, Code.HOST_UNREACHABLE, Code.NAME_RESOLUTION);
  }

  @Test
  void plan_membersUnknown_stillTellsWhatIsWrongWithTheHosts() {
    MemberExpander expander =
        MemberExpander.on(
                new EtcdCluster(
                    List.of(FakeEtcd.ONE),
                    endpoint -> {
                      throw new EtcdCallException(
                          EtcdCallException.Kind.NO_ANSWER, endpoint, "list", "silent", null);
                    }))
            .add("two", FakeEtcd.peer("two"), new RecordingHost("host-two"))
            .starter(
                (member, run, plan) -> {
                  plan.refuse(Code.NAME_RESOLUTION, "two is not itself.", "Correct it.");
                  return new FakeStart(etcd, member.name());
                })
            .build();

    assertThat(run().plan(expander).refusals())
        .extracting(Refusal::code)
        .containsExactly(Code.ETCD_UNREACHABLE, Code.NAME_RESOLUTION);
  }

  @Test
  void plan_secondVoter_cannotBeTakenBack() {
    assertThat(run().plan(expander()).changes())
        .extracting(Change::undo)
        .containsExactly(Change.Undo.POSSIBLE, Change.Undo.POSSIBLE, Change.Undo.IMPOSSIBLE);
  }

  private RunContext run() {
    return RunContext.builder().clock(clock).build();
  }

  private RecoveryException failureIn(RunContext run) {
    return catchThrowableOfType(RecoveryException.class, () -> run.carryOut(expander()));
  }

  private MemberExpander expander() {
    return builder((member, run, plan) -> new FakeStart(etcd, member.name())).build();
  }

  private MemberExpander.Builder builder(MemberStarter starter) {
    URI peer = FakeEtcd.peer("two");
    return MemberExpander.on(etcd.cluster())
        .add("two", peer, new RecordingHost("host-two"))
        .starter(starter)
        .syncLimit(SYNC_LIMIT);
  }

  private static EtcdMember.Role learner() {
    return EtcdMember.Role.LEARNER;
  }
}
