package io.clusterrecovery.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.testkit.FakeHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeeklyDrillTest {

  @Test
  void start_rehearsalFails_isToldAndTheScheduleGoesOn(@TempDir Path empty) throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    try {
      FakeHost host = FakeHost.named("10.0.0.4");
      new WeeklyDrill(host, empty, told::add).start(timer, Duration.ofMillis(1));
      for (int i = 0; i < 3; i++) {
        assertThat(told.poll(30, TimeUnit.SECONDS)).startsWith("REHEARSAL FAILED: no *.db is in");
      }
    } finally {
      timer.shutdownNow();
    }
  }
}
