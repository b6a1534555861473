package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Clock;
import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.DetachedCommand;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.StepFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Connections that break at any moment. */
@Tag("full")
@ExtendWith(OneHost.class)
class CutConnectionsIT {
  private static final Random RANDOM = new Random();

  private final OneHost.Target target;

  CutConnectionsIT(OneHost.Target target) {
    this.target = target;
  }

  @RepeatedTest(20)
  void start_cutAtAnyMoment_runsOnceAndLosesNoLine() {
    String counting = "echo ran >>/tmp/ran; for i in $(seq 1 60); do echo $i; sleep 0.01; done";
    List<String> lines = new ArrayList<>();
    try (SshHost host = target.ssh()) {
      host.connect();
      CompletableFuture<Void> cutting = cutWithin(900);
      DetachedCommand job = started(host, Command.of("sh", "-c", counting).asRoot());
      job.follow(0, Duration.ofSeconds(30), line -> lines.add(line.text()));
      cutting.join();
      job.remove();
    }
    assertThat(lines).isEqualTo(IntStream.rangeClosed(1, 60).mapToObj(i -> "" + i).toList());
    assertThat(target.inside("cat /tmp/ran; rm /tmp/ran")).isEqualTo("ran");
    assertThat(target.inside("ls -A /var/lib/cluster-recovery")).isEmpty();
  }

  @Test
  void run_hostLosesPower_isNoticedByKeepAlive() {
    try (SshHost host = target.ssh()) {
      host.connect();
      CompletableFuture<?> running =
          CompletableFuture.runAsync(() -> host.run(Command.of("sleep", "60")));
      Eventually.holds("it runs", () -> target.host().run("pgrep", "-f", "^sleep 60").ok());
      target.host().powerOff();
      Duration start = Clock.system().elapsed();
      assertThatThrownBy(running::join)
          .cause()
          .isInstanceOf(StepFailedException.class)
          .extracting("code")
          .isEqualTo(Code.CONNECTION_LOST);
      assertThat(Clock.system().elapsed().minus(start)).isLessThan(Duration.ofSeconds(20));
    } finally {
      target.host().boot();
    }
  }

  private CompletableFuture<Void> cutWithin(int millis) {
    Duration after = Duration.ofMillis(RANDOM.nextInt(millis));
    return CompletableFuture.runAsync(
        () -> {
          try {
            Clock.system().pause(after);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          target.cutConnections();
        },
        work -> Blocking.daemon("cut", work));
  }

  private static DetachedCommand started(SshHost host, Command command) {
    try {
      return host.start("cut", command);
    } catch (RecoveryException e) {
      return host.start("cut", command);
    }
  }
}
