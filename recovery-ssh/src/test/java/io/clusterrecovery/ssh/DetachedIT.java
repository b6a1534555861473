package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.DetachedCommand;
import io.clusterrecovery.DetachedCommand.OutputLine;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.Secret;
import io.clusterrecovery.TimedOutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OneHost.class)
class DetachedIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String JOBS = "/var/lib/cluster-recovery/jobs";

  /** Prints a line, waits for a file, prints another one. */
  private static final String TWO_LINES =
      "echo one; until [ -e /tmp/go ]; do sleep 0.05; done; echo two >&2; exit 7";

  private final OneHost.Target target;
  private final SshHost host;

  DetachedIT(OneHost.Target target) {
    this.target = target;
    this.host = target.ssh();
  }

  @AfterEach
  void removeAll() {
    List<String> names = target.inside("ls " + JOBS + " 2>/dev/null || :").lines().toList();
    for (String name : names) {
      DetachedCommand job = host.find(name).orElseThrow();
      job.stop();
      job.remove();
    }
    host.close();
    assertThat(target.inside("rm -f /tmp/go; ls -A /var/lib/cluster-recovery")).isEmpty();
  }

  @Test
  void start_ends_hasOutputStatusAndTime() {
    DetachedCommand job = host.start("short", shell("echo out; echo err >&2; sleep 0.3; exit 3"));
    List<OutputLine> lines = new ArrayList<>();
    CommandResult result = job.follow(0, LIMIT, lines::add);
    assertThat(result.exitStatus()).isEqualTo(3);
    assertThat(result.out()).isEqualTo("out\nerr\n");
    assertThat(result.took()).isBetween(Duration.ofMillis(250), Duration.ofSeconds(5));
    assertThat(lines).containsExactly(new OutputLine("out", 4), new OutputLine("err", 8));
    assertThat(job.result()).hasValue(result);
    assertThat(target.inside("stat -c '%a %U' " + JOBS + " " + JOBS + "/short"))
        .isEqualTo("700 root\n700 root");
  }

  @Test
  void start_connectionKilled_goesOnAndIsFoundAndFollowedByAnother() {
    DetachedCommand job = host.start("survivor", shell(TWO_LINES));
    assertThat(job.result()).isEmpty();
    List<OutputLine> first = new ArrayList<>();
    assertThatThrownBy(() -> job.follow(0, Duration.ofMillis(600), first::add))
        .isInstanceOf(TimedOutException.class)
        .hasMessageContaining("from byte 4");
    assertThat(first).containsExactly(new OutputLine("one", 4));
    target.cutConnections();
    host.close();
    try (SshHost second = target.ssh()) {
      DetachedCommand found = second.find("survivor").orElseThrow();
      target.inside("touch /tmp/go");
      List<OutputLine> rest = new ArrayList<>();
      assertThat(found.follow(4, LIMIT, rest::add).exitStatus()).isEqualTo(7);
      assertThat(rest).containsExactly(new OutputLine("two", 8));
      found.remove();
    }
  }

  @Test
  void follow_connectionCutMeanwhile_losesAndDoublesNothing() {
    String counting = "for i in $(seq 1 300); do echo line $i; sleep 0.01; done";
    DetachedCommand job = host.start("counting", shell(counting));
    List<String> lines = new ArrayList<>();
    CommandResult result =
        job.follow(
            0,
            LIMIT,
            line -> {
              lines.add(line.text());
              if (lines.size() % 100 == 50) {
                target.cutConnections();
              }
            });
    assertThat(result.succeeded()).isTrue();
    assertThat(lines).isEqualTo(IntStream.rangeClosed(1, 300).mapToObj(i -> "line " + i).toList());
  }

  @Test
  void start_sameNameByManyAtOnce_runsOnce() {
    Command command = shell("echo ran >>/tmp/go; sleep 0.2; echo $$");
    List<CompletableFuture<DetachedCommand>> starts =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> host.start("once", command), work -> Blocking.daemon("test", work)))
            .toList();
    List<CommandResult> results =
        starts.stream().map(s -> s.join().follow(0, LIMIT, line -> {})).distinct().toList();
    assertThat(results).hasSize(1);
    assertThat(host.start("once", shell("exit 9")).result()).hasValue(results.get(0));
    assertThat(target.inside("cat /tmp/go")).isEqualTo("ran");
    assertThat(target.inside("ls -A " + JOBS)).isEqualTo("once");
  }

  @Test
  void stop_leavesNoProcessOfItNorOfWhatItStarted() {
    String spawning = "sleep 771 & setsid sleep 772 & (setsid setsid sleep 773 &) ; sleep 774";
    DetachedCommand job = host.start("spawning", shell(spawning));
    Eventually.holds("all run", () -> target.inside("pgrep -fc '^sleep 77[1-4]' || :").equals("4"));
    job.stop();
    assertThat(target.inside("pgrep -fa 'sleep 77[1-4]' || :")).isEmpty();
    assertThat(job.result()).hasValueSatisfying(r -> assertThat(r.succeeded()).isFalse());
    job.stop();
  }

  @Test
  void stop_processesThatCutAllTies_leavesNoneOfThem() {
    // Neither its environment, nor its session, nor its parent tells whose it is.
    String escaping = "env -i setsid sh -c 'sleep 791 & sleep 792 & exit'; exec sleep 793";
    DetachedCommand job = host.start("escaping", shell(escaping));
    Eventually.holds("all run", () -> target.inside("pgrep -fc '^sleep 79' || :").equals("3"));
    job.stop();
    assertThat(target.inside("pgrep -fa 'sleep 79' || :")).isEmpty();
    job.remove();
    assertThat(target.inside("systemctl list-units --all 'cluster-recovery-*' --no-legend"))
        .isEmpty();
  }

  @Test
  void start_sshServerEndsWithAllItsProcesses_goesOn() {
    String unit = "/run/systemd/system/ssh.service.d";
    target.inside(
        "mkdir -p %1$s; printf '[Service]\\nKillMode=control-group\\n' >%1$s/kill.conf; %2$s"
            .formatted(unit, "systemctl daemon-reload"));
    try {
      DetachedCommand job = host.start("apart", shell(TWO_LINES));
      host.run(Command.of("sh", "-c", "setsid sleep 795 >/dev/null 2>&1 &"));
      target.inside("systemctl restart ssh");
      assertThat(target.inside("pgrep -fa '^sleep 795' || :")).isEmpty();
      target.inside("touch /tmp/go");
      assertThat(job.follow(0, LIMIT, line -> {}).exitStatus()).isEqualTo(7);
    } finally {
      target.inside("rm -r " + unit + "; systemctl daemon-reload; systemctl restart ssh");
    }
  }

  @Test
  void start_afterAPowerCutDuringAStart_leavesNothingOfThat() {
    target.inside("mkdir -p " + JOBS + "/.once.0badb007.abcdef");
    DetachedCommand job = host.start("once", shell("echo on"));
    assertThat(job.follow(0, LIMIT, line -> {}).out()).isEqualTo("on\n");
    assertThat(target.inside("ls -A " + JOBS)).isEqualTo("once");
  }

  @Test
  void result_processKilledWithoutStatus_isToldAsEnded() {
    DetachedCommand job = host.start("killed", shell("echo begun; sleep 881"));
    Eventually.holds("it runs", () -> target.host().run("pgrep", "-f", "^sleep 881").ok());
    target.inside("kill -KILL $(cut -d' ' -f1 " + JOBS + "/killed/process)");
    // What it had started still runs, so it has not ended yet.
    assertThat(job.result()).isEmpty();
    target.inside("pkill -f 'sleep 881'");
    CommandResult result = job.follow(0, LIMIT, line -> {});
    assertThat(result.exitStatus()).isEqualTo(137);
    assertThat(result.out()).isEqualTo("begun\n");
    assertThat(result.err()).contains("gone without an exit status");
  }

  @Test
  void result_afterAReboot_isToldAsEnded() {
    host.start("rebooted", shell("echo begun; sleep 882"));
    Eventually.holds(
        "its output is there",
        () -> target.inside("cat " + JOBS + "/rebooted/output").equals("begun"));
    target.host().powerOff();
    target.host().boot();
    DetachedCommand job = host.find("rebooted").orElseThrow();
    assertThat(job.result())
        .hasValueSatisfying(
            result -> {
              assertThat(result.exitStatus()).isEqualTo(137);
              assertThat(result.err()).contains("the host went down");
            });
  }

  @Test
  void remove_stillRunning_isRefused() {
    DetachedCommand job = host.start("running", shell("sleep 883"));
    assertThatThrownBy(job::remove)
        .isInstanceOf(RefusedException.class)
        .extracting("code")
        .isEqualTo(Code.STILL_RUNNING);
    job.stop();
    job.remove();
    job.remove();
    assertThat(host.find("running")).isEmpty();
    assertThatThrownBy(job::result).hasMessageContaining("no detached command running any more");
  }

  @Test
  void start_secretByStdin_isReadAndNowhereElse() {
    String look =
        "cat; echo; ls -A "
            + JOBS
            + "/secret; cat /proc/*/cmdline /proc/*/environ | tr '\\0' '\\n'";
    DetachedCommand job =
        host.start("secret", shell(look).stdin(Secret.of("hidden-" + "0815\nsecond line\n")));
    String out = job.follow(0, LIMIT, line -> {}).out();
    assertThat(out).startsWith("hidden-0815\nsecond line\n\noutput\nprocess\n");
    assertThat(out.substring("hidden-0815".length())).doesNotContain("hidden-0815");
  }

  @Test
  void start_asLoginWithEnvironmentAndDirectory_hasAllOfThem() {
    Command command =
        Command.of("sh", "-c", "id -un; pwd; echo \"$PROBE $HOME\"; umask")
            .env("PROBE", "it's $HOME")
            .in("/var/log");
    CommandResult result = host.start("login", command).follow(0, LIMIT, line -> {});
    assertThat(result.out()).isEqualTo("core\n/var/log\nit's $HOME /home/core\n0022\n");
  }

  @Test
  void start_programMissing_endsWithTheShellsStatus() {
    CommandResult result =
        host.start("missing", Command.of("/no/such/program")).follow(0, LIMIT, line -> {});
    assertThat(result.exitStatus()).isEqualTo(127);
    assertThat(result.out()).contains("/no/such/program");
  }

  @Test
  void start_nameThatCouldLeaveTheFolder_isRefusedAtOnce() {
    for (String name : List.of("", ".", "..", "a/b", "a b", "-x\n", "x".repeat(101))) {
      assertThatThrownBy(() -> host.start(name, shell("true")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Command shell(String script) {
    return Command.of("sh", "-c", script).asRoot();
  }
}
