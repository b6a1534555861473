package io.clusterrecovery.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Clock;
import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A host that falls silent, with its network or by itself, and comes back. */
@ExtendWith(OneHost.class)
class AwayHostIT {
  private static final Duration NOTICED = KeepAlive.SILENCE.plusSeconds(15);

  /** Shorter than usual, so that a test is as well. */
  private static final Duration SILENCE = Duration.ofSeconds(4);

  @TempDir Path dir;
  private final OneHost.Target target;

  AwayHostIT(OneHost.Target target) {
    this.target = target;
  }

  @AfterEach
  void plug() {
    target.inside("ip link set eth0 up; pkill -CONT sshd; rm -f /tmp/ran");
  }

  @Test
  void run_serverProcessesStand_isNoticedWithinSeconds() {
    try (SshHost host = target.ssh()) {
      CompletableFuture<?> running = started(host);
      target.inside("pkill -STOP -f '^sshd: core'");
      assertThat(failureWithin(NOTICED, running)).isEqualTo(Code.CONNECTION_LOST);
    }
  }

  @Test
  void upload_networkGone_isNoticedWithinSecondsThoughAWriteIsStuck() throws IOException {
    Path file = Files.write(dir.resolve("file"), new byte[300 << 20]);
    try (SshHost host = withoutPatience()) {
      CompletableFuture<?> sending = new CompletableFuture<>();
      CompletableFuture<?> uploading =
          async(
              () ->
                  host.upload(
                      Upload.of(file, "/srv/away/file"),
                      progress -> {
                        if (progress.bytes() > 1 << 20) {
                          sending.complete(null);
                        }
                      }));
      sending.join();
      unplug();
      assertThat(failureWithin(NOTICED, uploading))
          .isIn(Code.CONNECTION_LOST, Code.HOST_UNREACHABLE);
    }
    target.inside("rm -rf /srv/away");
  }

  @Test
  void read_networkGoneForAWhile_goesOnWhenItIsBack() {
    try (SshHost host = impatient().build().connect()) {
      unplug();
      CompletableFuture<byte[]> reading = async(() -> host.read("/etc/hostname").orElseThrow());
      Eventually.holds("it is noticed", () -> host.toString().endsWith("not connected"));
      target.inside("ip link set eth0 up");
      assertThat(reading.join()).asString(UTF_8).isEqualTo("ssh-0\n");
    }
  }

  @Test
  void read_hostReboots_goesOnWhenItIsBack() {
    try (SshHost host = impatient().build().connect()) {
      target.host().powerOff();
      CompletableFuture<byte[]> reading = async(() -> host.read("/etc/hostname").orElseThrow());
      Eventually.holds("it is noticed", () -> host.toString().endsWith("not connected"));
      target.host().boot();
      assertThat(reading.join()).asString(UTF_8).isEqualTo("ssh-0\n");
    } finally {
      target.host().boot();
    }
  }

  @Test
  void run_mayHaveBeenStarted_isNeverRepeated_andTheNextIsStartedOnce() {
    try (SshHost host = impatient().build()) {
      CompletableFuture<?> running = started(host);
      unplug();
      assertThat(failureWithin(NOTICED, running)).isEqualTo(Code.CONNECTION_LOST);
      CompletableFuture<String> next =
          async(() -> host.run(Command.of("sh", "-c", "echo next >>/tmp/ran")).text());
      target.inside("ip link set eth0 up");
      next.join();
      assertThat(target.inside("cat /tmp/ran")).isEqualTo("ran\nnext");
    }
  }

  @Test
  void run_awayForLongerThanTheLimit_isRefused() {
    try (SshHost host = withoutPatience().connect()) {
      unplug();
      Eventually.holds("it is noticed", () -> host.toString().endsWith("not connected"));
      CompletableFuture<?> running = async(() -> host.run(Command.of("touch", "/tmp/ran")));
      assertThat(failureWithin(NOTICED, running)).isEqualTo(Code.HOST_UNREACHABLE);
    }
    assertThat(target.host().run("test", "-e", "/tmp/ran").ok()).isFalse();
  }

  private void unplug() {
    target.inside("ip link set eth0 down");
  }

  private SshHostBuilder impatient() {
    return target
        .builder()
        .identity(target.lab().sshKey())
        .knownHosts(target.lab().knownHosts())
        .silence(SILENCE);
  }

  private SshHost withoutPatience() {
    return impatient().connectLimit(Duration.ofSeconds(2)).reconnectLimit(Duration.ZERO).build();
  }

  private CompletableFuture<?> started(SshHost host) {
    Command command = Command.of("sh", "-c", "echo ran >>/tmp/ran; exec sleep 60");
    CompletableFuture<?> running = async(() -> host.run(command));
    Eventually.holds("it runs", () -> target.host().run("test", "-s", "/tmp/ran").ok());
    return running;
  }

  private static Code failureWithin(Duration limit, CompletableFuture<?> running) {
    Duration start = Clock.system().elapsed();
    try {
      throw new AssertionError("it ended well: " + running.join());
    } catch (CompletionException e) {
      assertThat(Clock.system().elapsed().minus(start)).isLessThan(limit);
      return e.getCause() instanceof RecoveryException failure ? failure.code() : Code.UNEXPECTED;
    }
  }

  private static <T> CompletableFuture<T> async(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> Blocking.daemon("test", task));
  }
}
