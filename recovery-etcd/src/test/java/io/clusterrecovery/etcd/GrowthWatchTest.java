package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Event;
import io.clusterrecovery.EventListener;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.TimedOutException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A new member that does not come along, and everything that goes wrong meanwhile. */
class GrowthWatchTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final SteppedClock clock = new SteppedClock();
  private final FakeEtcd etcd = new FakeEtcd(clock);
  private SteppedClock time = clock;

  @Test
  void expand_noProgress_isTriedOnceMoreAndThenGivenUp() {
    etcd.inSync = false;

    RecoveryException failure = stalling();

    assertThat(failure.code()).isEqualTo(Code.LEARNER_STALLED);
    assertThat(failure.getMessage()).contains("no progress for 3 s");
    assertThat(etcd.events)
        .containsExactly(
            "add",
            "started",
            "removal asked",
            "removed",
            "stopped",
            "add",
            "started",
            "removal asked",
            "removed",
            "stopped");
    assertThat(etcd.members).containsOnlyKeys("1");
  }

  @Test
  void expand_noProgressAtFirst_theSecondTryVotes() {
    etcd.inSync = false;
    etcd.atEachCall = () -> etcd.inSync |= etcd.events.contains("stopped");

    Membership grown = run().carryOut(stallingSettings().build());

    assertThat(grown.voters()).isEqualTo(2);
    assertThat(etcd.events)
        .containsExactly(
            "add",
            "started",
            "removal asked",
            "removed",
            "stopped",
            "add",
            "started",
            "promoted",
            "settled");
  }

  @Test
  void expand_learnerThatComesAlongSlowly_isNotGivenUp() {
    etcd.inSync = false;
    etcd.atEachCall = () -> etcd.inSync = etcd.looks.get() > 20;

    Membership grown =
        run()
            .carryOut(
                MemberExpander.on(etcd.cluster())
                    .add("two", FakeEtcd.peer("two"), new RecordingHost("host-two"))
                    .starter((m, run, plan) -> new FakeStart(etcd, m.name()).receiving())
                    .stallLimit(Duration.ofSeconds(3))
                    .build());

    assertThat(grown.voters()).isEqualTo(2);
    assertThat(etcd.events).containsExactly("add", "started", "promoted", "settled");
  }

  @Test
  void expand_anotherVoterGoesAwayDuringCatchUp_isNotPromotedUntilItIsBack() {
    etcd.put(FakeEtcd.member("9", "nine", EtcdMember.Role.VOTER));
    URI nine = URI.create("http://nine.test:2379");
    etcd.serve(nine, "9");
    SteppedClock stepped =
        new SteppedClock(
            () -> {
              if (etcd.events.contains("started") && !etcd.events.contains("gone")) {
                etcd.events.add("gone");
                etcd.silence("nine");
              } else if (clockPassed(Duration.ofSeconds(20))) {
                etcd.serve(nine, "9");
              }
            });
    time = stepped;
    etcd.inSync = false;
    etcd.atEachCall = () -> etcd.inSync |= etcd.events.contains("gone");

    Membership grown =
        RunContext.builder().clock(stepped).build().carryOut(stallingSettings().build());

    assertThat(grown.voters()).isEqualTo(3);
    assertThat(stepped.elapsed()).isGreaterThan(Duration.ofSeconds(20));
    assertThat(etcd.events).containsExactly("add", "started", "gone", "promoted", "settled");
  }

  @Test
  void expand_newVoterDiesOfTwo_tellsThatQuorumIsLostAndChangesNothingMore() {
    SteppedClock stepped = new SteppedClock();
    EventListener dying =
        event -> {
          if (event instanceof Event.ChangeFinished done
              && done.change().id().equals("grow/promote/two")) {
            etcd.silence("two");
          }
        };
    RunContext run = RunContext.builder().clock(stepped).listener(dying).build();
    MemberExpander expander = settings().returnLimit(Duration.ofSeconds(30)).build();

    RecoveryException failure =
        catchThrowableOfType(RecoveryException.class, () -> run.carryOut(expander));

    assertThat(failure).isInstanceOf(TimedOutException.class);
    assertThat(failure.found())
        .contains("two: ", "quorum 2 of 2 needs both is lost, and nothing more is changed");
    assertThat(etcd.events).containsExactly("add", "started", "promoted");
  }

  @Test
  void expand_etcdWithoutLearners_addsAVoterAndSaysSo() {
    etcd.version = "3.3.27";
    MemberExpander expander = settings().build();

    Plan plan = run().plan(expander);
    Membership grown = run().carryOut(expander);

    assertThat(plan.notes())
        .anyMatch(note -> note.contains("has no learners"))
        .anyMatch(note -> note.contains("of 2 voters, both are needed"));
    assertThat(grown.changed())
        .extracting(Change::id)
        .containsExactly("grow/add-voter/two", "grow/start/two");
    assertThat(etcd.events).containsExactly("add", "started", "settled");
  }

  @Test
  void expand_killedAtAnyCallAndRunAgain_addsNoMemberTwice() {
    int calls = 0;
    boolean killed = true;
    while (killed) {
      FakeEtcd fake = new FakeEtcd(clock);
      AtomicInteger left = new AtomicInteger(calls++);
      fake.atEachCall =
          () -> {
            if (left.getAndDecrement() <= 0) {
              throw new CrashingHost.Crash("at a call");
            }
          };
      killed = dies(fake);
      fake.atEachCall = () -> {};

      Membership grown = run().carryOut(growing(fake));

      assertThat(grown.voters()).as("killed at call %d", calls).isEqualTo(3);
      assertThat(fake.events).filteredOn("add"::equals).as("killed at call %d", calls).hasSize(2);
      assertThat(fake.members).hasSize(3);
    }
    assertThat(calls).isGreaterThan(20);
  }

  private boolean dies(FakeEtcd fake) {
    try {
      run().carryOut(growing(fake));
      return false;
    } catch (CrashingHost.Crash | RuntimeException e) {
      return true;
    }
  }

  private static MemberExpander growing(FakeEtcd fake) {
    return MemberExpander.on(fake.cluster())
        .add("two", FakeEtcd.peer("two"), new RecordingHost("host-two"))
        .add("three", FakeEtcd.peer("three"), new RecordingHost("host-three"))
        .starter((member, run, plan) -> cluster -> fake.started(member.name()))
        .build();
  }

  private boolean clockPassed(Duration limit) {
    return time.elapsed().compareTo(limit) > 0;
  }

  private RecoveryException stalling() {
    return catchThrowableOfType(
        RecoveryException.class, () -> run().carryOut(stallingSettings().build()));
  }

  private MemberExpander.Builder stallingSettings() {
    return settings().stallLimit(Duration.ofSeconds(3)).syncLimit(LONG);
  }

  private MemberExpander.Builder settings() {
    return MemberExpander.on(etcd.cluster())
        .add("two", FakeEtcd.peer("two"), new RecordingHost("host-two"))
        .starter((member, run, plan) -> new FakeStart(etcd, member.name()));
  }

  private RunContext run() {
    return RunContext.builder().clock(clock).build();
  }
}
