package io.clusterrecovery.examples;

import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.etcd.RehearsalResult;
import io.clusterrecovery.etcd.Snapshot;
import io.clusterrecovery.ssh.SshHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Rehearses the latest snapshot each week, so that a restore is not tried for the first time on the
 * day it is needed: the snapshot is inspected, restored beside the etcd of a host and served there,
 * and nothing of it is left. Somebody is told how it went, each time.
 *
 * <p>Settings: {@code survivor}, any master with its address, {@code backups}, the folder of
 * snapshots called {@code *.db}, and those of SSH; see {@link ExampleSettings}.
 */
public final class WeeklyDrill {
  private static final Duration WEEK = Duration.ofDays(7);

  private final RemoteHost host;
  private final Path snapshots;
  private final Consumer<String> tell;

  WeeklyDrill(RemoteHost host, Path snapshots, Consumer<String> tell) {
    this.host = host;
    this.snapshots = snapshots;
    this.tell = tell;
  }

  /** Takes the settings' file, rehearses at once and then each week, and does not end by itself. */
  public static void main(String[] arguments) throws IOException {
    ExampleSettings settings = ExampleSettings.read(arguments);
    SshHost host = settings.host(settings.text("survivor"));
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    new WeeklyDrill(host, settings.path("backups"), System.out::println).start(timer, WEEK);
    Runtime.getRuntime().addShutdownHook(new Thread(host::close));
  }

  /** Rehearses now, and again and again. */
  void start(ScheduledExecutorService timer, Duration every) {
    Future<?> unused =
        timer.scheduleAtFixedRate(this::rehearse, 0, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Never throws: whatever a scheduled task throws ends its schedule, silently. */
  private void rehearse() {
    try {
      Path latest = latest();
      RehearsalResult result = Snapshot.inspect(latest).rehearse(host);
      tell.accept("Rehearsal of %s held: %s".formatted(latest.getFileName(), result));
    } catch (RuntimeException e) {
      tell.accept("REHEARSAL FAILED: " + e.getMessage());
    }
  }

  private Path latest() {
    try (Stream<Path> files = Files.list(snapshots)) {
      return files
          .filter(file -> file.toString().endsWith(".db"))
          .max(Comparator.comparing(file -> file.toFile().lastModified()))
          .orElseThrow(() -> new IllegalStateException("no *.db is in " + snapshots));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
