package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Clock;
import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.StepFailedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A host that goes away without a word. */
@Tag("full")
@ExtendWith(OneHost.class)
class CutConnectionsIT {
  private final OneHost.Target target;

  CutConnectionsIT(OneHost.Target target) {
    this.target = target;
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
}
