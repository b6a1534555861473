package io.clusterrecovery.ssh;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Outcome;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.Report;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Runbook;
import io.clusterrecovery.testkit.LabHost;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two operators with connections of their own, and the locks of two real hosts. */
@ExtendWith(OneHost.class)
class HostLocksIT {
  private static final String LOCK = "/var/lib/cluster-recovery/lock";
  private static final Change CHANGE = Change.of("change", "change", "host", "old", "new");

  @TempDir Path folder;
  private final OneHost.Target target;
  private final LabHost second;
  private final AtomicInteger atWork = new AtomicInteger();
  private final AtomicInteger mostAtWork = new AtomicInteger();

  HostLocksIT(OneHost.Target target) {
    this.target = target;
    this.second =
        target.lab().hosts().stream()
            .filter(host -> host.name().equals("lock-1"))
            .findFirst()
            .orElseGet(() -> target.lab().createBare("lock-1"));
  }

  @BeforeEach
  @AfterEach
  void unlock() {
    for (LabHost host : List.of(target.host(), second)) {
      host.script("rm -f " + LOCK).orThrow();
    }
  }

  @RepeatedTest(5)
  void run_twoOperatorsWithOtherSurvivorsAtOnce_oneWorksAndTheOtherIsToldWhoDoes()
      throws Exception {
    CompletableFuture<Report> alice = new CompletableFuture<>();
    CompletableFuture<Report> bob = new CompletableFuture<>();
    begin("alice", target.host(), second, null, alice, bob);
    begin("bob", second, target.host(), null, bob, alice);

    List<Report> reports = List.of(alice.get(60, TimeUnit.SECONDS), bob.get(60, TimeUnit.SECONDS));

    assertThat(mostAtWork).hasValue(1);
    assertThat(reports)
        .extracting(Report::outcome)
        .containsExactlyInAnyOrder(Outcome.DONE, Outcome.REFUSED);
    boolean aliceWorked = reports.get(0).outcome() == Outcome.DONE;
    RecoveryException refused = requireNonNull(reports.get(aliceWorked ? 1 : 0).failure());
    assertThat(refused.code()).isEqualTo(Code.HOST_LOCKED);
    assertThat(refused).hasMessageContaining(aliceWorked ? "by alice since" : "by bob since");
    assertUnlocked();
  }

  @Test
  void run_twoTakeOverFromOneWhoIsGone_oneDoes() throws Exception {
    leaveHalfWay("carol");
    CompletableFuture<Report> alice = new CompletableFuture<>();
    CompletableFuture<Report> bob = new CompletableFuture<>();
    begin("alice", target.host(), second, "carol", alice, bob);
    begin("bob", second, target.host(), "carol", bob, alice);

    List<Report> reports = List.of(alice.get(60, TimeUnit.SECONDS), bob.get(60, TimeUnit.SECONDS));

    assertThat(mostAtWork).hasValue(1);
    assertThat(reports)
        .extracting(Report::outcome)
        .containsExactlyInAnyOrder(Outcome.DONE, Outcome.REFUSED);
    Report done = reports.get(reports.get(0).outcome() == Outcome.DONE ? 0 : 1);
    assertThat(done.forced()).hasSize(2).allMatch(forced -> forced.startsWith("takeOver(carol)"));
    assertUnlocked();
  }

  @Test
  void resume_halfWay_hasKeptOthersOutAndEntersAgain() {
    Runbook half = leaveHalfWay("carol");
    String mode = target.inside("stat -c '%a %U' " + LOCK).strip();
    assertThat(mode).isEqualTo("600 root");
    try (SshHost host = target.ssh()) {
      RunContext bob = RunContext.builder().owner("bob").build();
      Changing bare = new Changing(host, () -> atWork.incrementAndGet());
      assertThat(bob.plan(bare).refusals())
          .extracting(r -> r.code())
          .containsOnly(Code.HOST_LOCKED);
    }
    assertThat(atWork).hasValue(0);
    assertThat(half.resume().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(target.inside("cat " + LOCK)).contains("carol");
  }

  /** A run that changed something, failed, and holds its locks. */
  private Runbook leaveHalfWay(String owner) {
    SshHost first = target.ssh();
    SshHost other = ssh(second);
    Runbook.Builder book =
        Runbook.named("half").journal(folder.resolve("half")).owner(owner).lockOn(other);
    book.step(
        "fail",
        new Changing(
            first,
            () -> {
              throw new IllegalStateException("broken");
            }));
    Runbook runbook = book.build();
    assertThat(runbook.run().outcome()).isEqualTo(Outcome.FAILED);
    return runbook;
  }

  /** Whoever gets to work stays there until the other's run has ended. */
  private void begin(
      String owner,
      LabHost survivor,
      LabHost lost,
      @Nullable String takeOver,
      CompletableFuture<Report> mine,
      CompletableFuture<Report> others) {
    Blocking.daemon(
        owner,
        () -> {
          try (SshHost host = ssh(survivor);
              SshHost away = ssh(lost)) {
            Runbook.Builder book =
                Runbook.named(owner)
                    .journal(folder.resolve("journal-" + owner))
                    .owner(owner)
                    .lockOn(away);
            if (takeOver != null) {
              book.takeOver(takeOver);
            }
            book.step("change", new Changing(host, () -> work(others)));
            mine.complete(book.build().run());
          } catch (RuntimeException e) {
            mine.completeExceptionally(e);
          }
        });
  }

  private void work(CompletableFuture<Report> others) {
    mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
    try {
      others.get(40, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the other run did not end", e);
    } finally {
      atWork.decrementAndGet();
    }
  }

  private SshHost ssh(LabHost host) {
    return SshHost.at(host.address())
        .user("core")
        .identity(target.lab().sshKey())
        .knownHosts(target.lab().knownHosts())
        .build();
  }

  private void assertUnlocked() {
    for (LabHost host : List.of(target.host(), second)) {
      assertThat(host.script("ls -A /var/lib/cluster-recovery 2>/dev/null; :").orThrow())
          .doesNotContain("lock");
    }
  }

  /** A step that changes a host. */
  private record Changing(RemoteHost host, Runnable act) implements RecoveryStep<String> {
    @Override
    public String operation() {
      return "change a host";
    }

    @Override
    public List<RemoteHost> hosts() {
      return List.of(host);
    }

    @Override
    public Prepared<String> prepare(RunContext run) {
      return new Prepared<>(
          Plan.of(operation(), "host").change(CHANGE).build(),
          acting -> {
            acting.change(CHANGE, act);
            return "";
          });
    }
  }
}
