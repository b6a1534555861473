package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Event;
import io.clusterrecovery.EventListener;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.LabHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Everything that can die while etcd grows, on real hosts; each test goes on from the last one. */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class GrowthFaultsIT {
  /** A learner with a few keys would be in sync before it can be stopped. */
  private static final int MEGABYTES = 300;

  /** Freezes etcd as soon as it begins to have data. */
  private static final String FREEZE =
      """
      i=0
      until [ -e /var/lib/etcd/member/wal ] && pkill -STOP -x etcd; do
        i=$((i + 1))
        [ $i -lt 4000 ] || exit 1
        sleep 0.005
      done
      """;

  private final List<SshHost> connections = new ArrayList<>();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private EtcdLab lab;
  private LabHost first;
  private LabHost second;
  private LabHost third;
  private LabHost fourth;

  @BeforeAll
  void start() throws Exception {
    lab = EtcdLab.of("one");
    first = lab.lab.host("one");
    second = lab.lab.create("two");
    third = lab.lab.create("three");
    fourth = lab.lab.create("four");
    lab.fill(first, MEGABYTES);
  }

  @AfterAll
  void stop() {
    connections.forEach(SshHost::close);
    lab.close();
  }

  @Test
  @Order(1)
  void expand_newHostDiesBetweenAddAndStart_isUndone() throws Exception {
    String before = members();
    RemoteHost dying =
        CrashingHost.once(
            ssh(second), "90-cluster-recovery.env", CrashingHost.When.BEFORE, second::powerOff);

    RecoveryException failure = failure(settings().add("two", EtcdLab.peer(second), dying));

    assertThat(failure).isNotInstanceOf(RefusedException.class);
    assertThat(failure.getMessage()).contains("does not list two any more");
    assertThat(members()).isEqualTo(before);
  }

  /** Of two voters both are needed. */
  @Test
  @Order(2)
  void expand_secondVoterDiesAfterItsPromotion_lossIsReportedAndTheRunGoesOn() throws Exception {
    second.boot();
    Thread back = whenSeen("quorum 2 of 2 needs both is lost, and nothing more is changed", second);

    Membership grown =
        RunContext.builder()
            .listener(whenDone("grow/promote/two", second::powerOff).andThen(events::add))
            .build()
            .carryOut(settings().add("two", EtcdLab.peer(second), ssh(second)).build());
    back.join();

    assertThat(grown.voters()).isEqualTo(2);
    assertThat(members().lines()).hasSize(2);
  }

  @Test
  @Order(3)
  void expand_newHostFreezesDuringCatchUp_isRemovedAndTriedOnceMore() throws Exception {
    RemoteHost frozen = whenStarted(third, () -> third.script(FREEZE).orThrow());

    Membership grown = expand(settings().add("three", EtcdLab.peer(third), frozen));

    assertThat(grown.voters()).isEqualTo(3);
    assertThat(grown.changed())
        .extracting(c -> c.id())
        .containsSubsequence("grow/add-learner/three", "grow/undo-add/three", "grow/promote/three");
    assertThat(third.script("ls -d /var/lib/cluster-recovery/*/etcd-learner-1").ok()).isTrue();
  }

  @Test
  @Order(4)
  void expand_newHostDiesDuringCatchUp_isRemoved() throws Exception {
    String before = members();
    RemoteHost dying =
        whenStarted(
            fourth,
            () -> {
              fourth.script(FREEZE).orThrow();
              fourth.powerOff();
            });

    RecoveryException failure = failure(settings().add("four", EtcdLab.peer(fourth), dying));

    assertThat(failure).isNotInstanceOf(RefusedException.class);
    assertThat(failure.getMessage()).contains("does not list four any more");
    assertThat(members()).isEqualTo(before);
  }

  @Test
  @Order(5)
  void expand_leaderDiesDuringCatchUp_isPromotedOnlyWhenItIsBack() throws Exception {
    fourth.boot();
    RemoteHost frozen =
        whenStarted(
            fourth,
            () -> {
              fourth.script(FREEZE).orThrow();
              first.powerOff();
              fourth.script("pkill -CONT -x etcd").orThrow();
            });
    Thread back = whenSeen("Voter one is not healthy", first);

    Membership grown = expand(settings().add("four", EtcdLab.peer(fourth), frozen));
    back.join();

    assertThat(grown.voters()).isEqualTo(4);
    assertThat(members().lines()).hasSize(4).allMatch(line -> line.endsWith("false"));
  }

  /** Boots the host when a wait has told that; its etcd does not start by itself on new hosts. */
  private Thread whenSeen(String told, LabHost host) {
    events.clear();
    Thread back =
        new Thread(
            () -> {
              awaitEvent(told);
              host.boot();
              host.run("systemctl", "start", "--no-block", "etcd").orThrow();
            });
    back.start();
    return back;
  }

  private RemoteHost whenStarted(LabHost host, Runnable fault) {
    return CrashingHost.once(ssh(host), MemberExpanderIT.STARTED, CrashingHost.When.AFTER, fault);
  }

  private RecoveryException failure(MemberExpander.Builder settings) {
    return catchThrowableOfType(RecoveryException.class, () -> expand(settings));
  }

  private Membership expand(MemberExpander.Builder settings) {
    return RunContext.builder().listener(events::add).build().carryOut(settings.build());
  }

  private EventListener whenDone(String change, Runnable fault) {
    return event -> {
      if (event instanceof Event.ChangeFinished done && done.change().id().equals(change)) {
        fault.run();
      }
    };
  }

  /** For two minutes at most. */
  private void awaitEvent(String seen) {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    try {
      Event next = events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      while (next != null && !(next instanceof Event.WaitProgress p && p.seen().contains(seen))) {
        next = events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private MemberExpander.Builder settings() {
    return MemberExpander.on(lab.cluster(first))
        .stallLimit(Duration.ofSeconds(8))
        .syncLimit(Duration.ofMinutes(5));
  }

  private SshHost ssh(LabHost host) {
    SshHost ssh =
        lab.sshTo(host.address(), lab.lab.knownHosts())
            .reconnectLimit(Duration.ofSeconds(3))
            .build();
    connections.add(ssh);
    return ssh;
  }

  private String members() throws Exception {
    return lab.etcdctl(List.of(first), "member", "list");
  }
}
