package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.DetachedCommand;
import io.clusterrecovery.DetachedCommand.OutputLine;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.Secret;
import io.clusterrecovery.TimedOutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Commands that outlive the connection. */
interface DetachedContract extends HostContract {

  private static String newName() {
    return "contract-" + UUID.randomUUID();
  }

  @Test
  default void start_ends_hasOutputStatusAndLeavesNothingOnceRemoved() {
    String name = newName();
    try (RemoteHost host = openHost()) {
      assertThat(host.find(name)).isEmpty();
      DetachedCommand job =
          host.start(name, HostContract.shell("echo out; echo err >&2; exit 3").asRoot());
      assertThat(job.name()).isEqualTo(name);
      List<OutputLine> lines = new ArrayList<>();
      CommandResult result = job.follow(0, LIMIT, lines::add);
      assertThat(result.exitStatus()).isEqualTo(3);
      assertThat(result.out()).isEqualTo("out\nerr\n");
      assertThat(lines).containsExactly(new OutputLine("out", 4), new OutputLine("err", 8));
      assertThat(job.result()).hasValue(result);
      job.remove();
      job.remove();
      assertThat(host.find(name)).isEmpty();
      String left = "find /var/lib/cluster-recovery -name \"*$1*\" 2>/dev/null || :";
      assertThat(HostContract.asRoot(host, left, name)).isEmpty();
    }
  }

  @Test
  default void start_sameNameAgain_runsOnce() {
    String name = newName();
    try (RemoteHost host = openHost()) {
      Command command = HostContract.shell("echo $$").asRoot();
      CommandResult first = host.start(name, command).follow(0, LIMIT, line -> {});
      CommandResult second = host.start(name, command).follow(0, LIMIT, line -> {});
      assertThat(second).isEqualTo(first);
      host.start(name, command).remove();
    }
  }

  @Test
  default void start_hostClosed_goesOnAndIsFollowedFromWhereOneLeftOff() {
    String name = newName();
    String folder;
    try (RemoteHost host = openHost()) {
      folder = HostContract.newFolder(host);
      String script = "echo one; until [ -e \"$1/go\" ]; do sleep 0.05; done; echo two; exit 7";
      DetachedCommand job = host.start(name, HostContract.shell(script, folder).asRoot());
      assertThat(job.result()).isEmpty();
      List<OutputLine> lines = new ArrayList<>();
      assertThatThrownBy(() -> job.follow(0, Duration.ofSeconds(2), lines::add))
          .isInstanceOf(TimedOutException.class);
      assertThat(lines).containsExactly(new OutputLine("one", 4));
    }
    try (RemoteHost host = openHost()) {
      HostContract.asRoot(host, "touch \"$1/go\"", folder);
      List<OutputLine> lines = new ArrayList<>();
      DetachedCommand job = host.find(name).orElseThrow();
      assertThat(job.follow(4, LIMIT, lines::add).exitStatus()).isEqualTo(7);
      assertThat(lines).containsExactly(new OutputLine("two", 8));
      job.remove();
      HostContract.asRoot(host, "rm -r \"$1\"", folder);
    }
  }

  @Test
  default void start_withAllSettings_hasAllOfThem() {
    String name = newName();
    Command command =
        HostContract.shell("id -u; pwd; echo \"$PROBE\"; cat; echo")
            .in("/usr/bin")
            .env("PROBE", "it's $HOME")
            .stdin(Secret.of("first\nsecond"));
    try (RemoteHost host = openHost()) {
      String login = host.run(Command.of("id", "-u")).text();
      CommandResult result = host.start(name, command).follow(0, LIMIT, line -> {});
      assertThat(result.out()).isEqualTo(login + "\n/usr/bin\nit's $HOME\nfirst\nsecond\n");
      host.find(name).orElseThrow().remove();
    }
  }

  @Test
  default void stop_endsItWithAllItStarted() {
    String name = newName();
    try (RemoteHost host = openHost()) {
      String folder = HostContract.newFolder(host);
      String script =
          "cd \"$1\"; (sleep 600 & echo $! >a; wait) & trap '' TERM; sleep 600 & echo $! >b; wait;"
              + " wait";
      DetachedCommand job = host.start(name, HostContract.shell(script, folder).asRoot());
      String started = "cd \"$1\"; until [ -s a ] && [ -s b ]; do sleep 0.05; done; cat a b";
      String pids = HostContract.asRoot(host, started, folder);
      assertThatThrownBy(job::remove)
          .isInstanceOf(RefusedException.class)
          .extracting("code")
          .isEqualTo(Code.STILL_RUNNING);
      job.stop();
      String alive = "for p in $1; do if kill -0 $p 2>/dev/null; then echo $p; fi; done";
      assertThat(HostContract.asRoot(host, alive, pids)).isEmpty();
      assertThat(job.result()).hasValueSatisfying(r -> assertThat(r.succeeded()).isFalse());
      job.stop();
      job.remove();
      HostContract.asRoot(host, "rm -r \"$1\"", folder);
    }
  }

  @Test
  default void start_nameThatIsNone_isRefusedAtOnce() {
    try (RemoteHost host = openHost()) {
      for (String name : List.of("", ".", "..", "a/b", "a b", "x".repeat(101))) {
        assertThatThrownBy(() -> host.start(name, Command.of("true")))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }
}
