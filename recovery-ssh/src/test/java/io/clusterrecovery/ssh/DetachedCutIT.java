package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.DetachedCommand;
import io.clusterrecovery.RecoveryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** The connection breaks at any moment of a detached command's life, its start included. */
@ExtendWith(OneHost.class)
class DetachedCutIT {
  private static final Random RANDOM = new Random();
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** From the first byte sent to the last line seen it takes about 700 ms. */
  private static final int MOST_MILLIS = 700;

  private final OneHost.Target target;

  DetachedCutIT(OneHost.Target target) {
    this.target = target;
  }

  @RepeatedTest(20)
  void start_cutAtAnyMoment_runsOnceAndLosesNoLine() {
    endsRightOnce(RANDOM.nextInt(MOST_MILLIS));
  }

  @Tag("full")
  @RepeatedTest(180)
  void start_cutAtAnyMomentMoreOften_runsOnceAndLosesNoLine() {
    endsRightOnce(RANDOM.nextInt(MOST_MILLIS));
  }

  private void endsRightOnce(int cutAfter) {
    String counting = "echo ran >>/tmp/ran; for i in $(seq 1 30); do echo $i; sleep 0.01; done";
    List<String> lines = new ArrayList<>();
    CommandResult result;
    try (SshHost host = target.ssh()) {
      host.connect();
      CompletableFuture<Void> cutting = target.cutAfter(cutAfter);
      DetachedCommand job = started(host, Command.of("sh", "-c", counting).asRoot());
      result = job.follow(0, LIMIT, line -> lines.add(line.text()));
      cutting.join();
      job.remove();
    }
    String when = "cut after " + cutAfter + " ms";
    assertThat(result.exitStatus()).as(when).isZero();
    assertThat(lines)
        .as(when)
        .isEqualTo(IntStream.rangeClosed(1, 30).mapToObj(i -> "" + i).toList());
    assertThat(target.inside("cat /tmp/ran; rm /tmp/ran")).as(when).isEqualTo("ran");
    assertThat(target.inside("ls -A /var/lib/cluster-recovery")).as(when).isEmpty();
  }

  /** Starting again under the same name is what its failure asks for. */
  private static DetachedCommand started(SshHost host, Command command) {
    try {
      return host.start("cut", command);
    } catch (RecoveryException e) {
      assertThat(e.code()).isIn(Code.CONNECTION_LOST, Code.HOST_UNREACHABLE);
      return host.start("cut", command);
    }
  }
}
