package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.etcd.EtcdMember.Role;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Growth by a starter that adds voters itself, where an add from one to two is for good. */
class SelfAddingTest {
  private final SteppedClock clock = new SteppedClock();
  private final FakeEtcd etcd = new FakeEtcd(clock);
  private final SelfAddingStart starter = new SelfAddingStart(etcd);
  private final RunContext run = RunContext.builder().clock(clock).build();

  SelfAddingTest() {
    etcd.quorumCounts = true;
  }

  @Test
  void plan_fromOneToThree_tellsQuorumBeforeAndAfterEachAdd() {
    Plan plan = run.plan(expander("two", "three"));

    assertThat(plan.changes())
        .extracting(c -> c.id() + ": " + c.from() + " > " + c.to())
        .contains(
            "grow/add-voter/two: quorum 1 of 1 > quorum 2 of 2 needs both",
            "grow/add-voter/three: quorum 2 of 2 needs both > quorum 2 of 3");
    assertThat(plan.changes().get(0).undo()).isEqualTo(Change.Undo.IMPOSSIBLE);
    assertThat(plan.notes())
        .anyMatch(note -> note.contains("the survivor is restored anew"))
        .contains(
            "Until three has started, each of the 2 voters before it is needed: quorum 2 of 3.");
  }

  @Test
  void expand_fromOneToThree_leavesTheAddsToTheStarter() {
    Membership grown = run.carryOut(expander("two", "three"));

    assertThat(grown.voters()).isEqualTo(3);
    assertThat(etcd.events)
        .containsExactly(
            "added", "start", "started", "settled", "added", "start", "started", "settled");
  }

  @Test
  void expand_addOfAThirdThatDoesNotStart_isUndoneById() {
    third();
    starter.startsThatFail = 9;

    RecoveryException failure = failureOf("three");

    assertThat(failure.code()).isEqualTo(Code.ETCD_UNREACHABLE);
    assertThat(etcd.events)
        .containsExactly("added", "start", "removal asked", "removed", "stopped");
    assertThat(etcd.members).containsOnlyKeys("1", "2");
  }

  @Test
  void expand_scriptThatEndsBeforeItsAdd_putsTheHostBack() {
    starter.addFails = true;

    RecoveryException failure = failureOf("two");

    assertThat(failure.code()).isEqualTo(Code.COMMAND_FAILED);
    assertThat(etcd.events).containsExactly("stopped");
    assertThat(etcd.members).containsOnlyKeys("1");
  }

  /** As at the limit of a script: it is ended before anybody asks whether it has added anything. */
  @Test
  void expand_secondThatIsAddedUntilItsScriptIsEnded_isStartedAndNotUndone() {
    starter.addFails = true;
    starter.addsLate = true;

    assertThat(run.carryOut(expander("two")).voters()).isEqualTo(2);

    assertThat(etcd.events).containsExactly("added", "ended", "start", "started", "settled");
    assertThat(run.changed()).extracting(Change::id).contains("grow/end-script/two");
  }

  @Test
  void expand_thirdThatIsAddedUntilItsScriptIsEnded_isRemovedByItsId() {
    third();
    starter.addFails = true;
    starter.addsLate = true;

    RecoveryException failure = failureOf("three");

    assertThat(failure.code()).isEqualTo(Code.COMMAND_FAILED);
    assertThat(etcd.events)
        .containsExactly("added", "ended", "removal asked", "removed", "stopped");
    assertThat(etcd.members).containsOnlyKeys("1", "2");
  }

  @Test
  void expand_scriptThatCannotBeEnded_isNotUndone() {
    starter.addFails = true;
    starter.addsLate = true;
    starter.endFails = true;

    RecoveryException failure = failureOf("two");

    assertThat(failure.code()).isEqualTo(Code.COMMAND_FAILED);
    assertThat(failure.getMessage())
        .contains("The script ends.", "is not known, so nothing was undone", "No way there.");
    assertThat(etcd.events).isEmpty();
  }

  @Test
  void expand_secondThatDoesNotStartAtOnce_isStartedAgain() {
    starter.startsThatFail = 2;

    assertThat(run.carryOut(expander("two")).voters()).isEqualTo(2);

    assertThat(etcd.events)
        .containsExactly("added", "start", "start", "start", "started", "settled");
  }

  /** Reads fail until it starts, so that only its host can tell; a limit of hours is no comfort. */
  @Test
  void expand_secondThatShowsNothing_isStartedAgainOnceItHasStalled() {
    starter.startsThatFail = 2;
    starter.silent = true;
    Duration before = clock.elapsed();

    run.carryOut(builder("two").stallLimit(Duration.ofSeconds(5)).build());

    assertThat(etcd.events)
        .containsExactly("added", "start", "start", "start", "started", "settled");
    assertThat(clock.elapsed().minus(before)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void expand_secondThatNeverStarts_isNotRemovedAndTheWayOutIsTold() {
    starter.startsThatFail = 9;

    RecoveryException failure = failureOf("two");

    assertThat(failure.code()).isEqualTo(Code.ETCD_UNREACHABLE);
    assertThat(failure.getMessage()).contains("it crashes", "cannot be removed either");
    assertThat(failure.next()).contains("restore the survivor anew");
    assertThat(etcd.events).containsExactly("added", "start", "start", "start");
  }

  @Test
  void expand_secondAddedButNeverStarted_isStarted() {
    unstarted("2", "two");

    assertThat(run.carryOut(expander("two")).voters()).isEqualTo(2);

    assertThat(etcd.events).containsExactly("start", "started", "settled");
  }

  @Test
  void expand_thirdAddedButNeverStarted_isRemovedByItsIdAndAddedAnew() {
    third();
    unstarted("3", "three");

    assertThat(run.carryOut(expander("three")).voters()).isEqualTo(3);

    assertThat(etcd.events)
        .containsExactly("removal asked", "removed", "added", "start", "started", "settled");
  }

  @Test
  void plan_hostOfAVoter_isRefused() {
    third();
    EtcdMember two = etcd.members.get("2");
    MemberExpander expander =
        MemberExpander.on(etcd.cluster())
            .add("two", URI.create("http://elsewhere.test:2380"), new RecordingHost("host-two"))
            .starter(starter)
            .build();

    assertThat(two).isNotNull();
    assertThat(run.plan(expander).refusals())
        .extracting(Refusal::found)
        .anyMatch(found -> found.contains("two"));
    assertThat(etcd.events).isEmpty();
  }

  private void third() {
    etcd.put(FakeEtcd.member("2", "two", Role.VOTER));
    etcd.serve(URI.create("http://two.test:2379"), "2");
    etcd.continueAt(2);
  }

  private void unstarted(String id, String name) {
    etcd.put(new EtcdMember(id, "", List.of(FakeEtcd.peer(name)), List.of(), Role.VOTER));
    etcd.continueAt(Integer.parseInt(id));
  }

  private RecoveryException failureOf(String name) {
    return catchThrowableOfType(RecoveryException.class, () -> run.carryOut(expander(name)));
  }

  private MemberExpander expander(String... names) {
    return builder(names).syncLimit(Duration.ofSeconds(20)).build();
  }

  private MemberExpander.Builder builder(String... names) {
    MemberExpander.Builder builder = MemberExpander.on(etcd.cluster()).starter(starter);
    for (String name : names) {
      builder.add(name, FakeEtcd.peer(name), host(name));
    }
    return builder;
  }

  /** One that sees where its own URLs lead, and those of others. */
  private static RecordingHost host(String name) {
    return new RecordingHost("host-" + name)
        .prints(
            "/etc/machine-id",
            """
            machine %1$s
            addresses 10.0.0.%2$d
            name one.test 10.0.0.3
            name two.test 10.0.0.4
            name three.test 10.0.0.6
            """
                .formatted(name, name.equals("two") ? 4 : 6));
  }
}
