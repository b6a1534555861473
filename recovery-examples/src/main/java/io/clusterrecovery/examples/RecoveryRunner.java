package io.clusterrecovery.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clusterrecovery.Event;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Report;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs the recovery of a drill in a process of its own, and kills it by SIGKILL where it is to die.
 * What it had asked for at that moment is still done, as by a provider of hosts that goes on.
 */
final class RecoveryRunner {
  private static final int REQUEST_LIMIT_MINUTES = 5;

  private final DrillOptions options;
  private final DrillSite site;
  private final PlannedRestore planned;
  private final Path folder;
  private final Consumer<String> tell;

  RecoveryRunner(
      DrillOptions options,
      DrillSite site,
      PlannedRestore planned,
      Path folder,
      Consumer<String> tell) {
    this.options = options;
    this.site = site;
    this.planned = planned;
    this.folder = folder;
    this.tell = tell;
  }

  /**
   * How a recovery ended that was killed.
   *
   * @param report its own
   * @param unreached points that it never came to, since it was killed before them perhaps
   */
  record Survived(Report report, List<KillPoint> unreached) {}

  /** Runs it, each time in a new process that is killed at the first of the points still left. */
  Survived killedAt(List<KillPoint> points) {
    List<KillPoint> left = new ArrayList<>(points);
    String verb = "run";
    while (true) {
      Stopped stopped = run(verb, left);
      if (stopped instanceof Ended ended) {
        return new Survived(ended.report(), left);
      }
      if (stopped instanceof KilledAt killed) {
        left.remove(killed.point());
      }
      verb = "resume";
    }
  }

  /** How a process came to its end. */
  private sealed interface Stopped {}

  private record Ended(Report report) implements Stopped {}

  private record KilledAt(KillPoint point) implements Stopped {}

  private Stopped run(String verb, List<KillPoint> points) {
    ExecutorService requests = Executors.newSingleThreadExecutor();
    try {
      Process process = start(verb, points);
      try {
        return followed(process, requests);
      } finally {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      end(requests);
    }
  }

  /** A host that is being made is there before anybody asks for it again. */
  private void end(ExecutorService requests) {
    requests.shutdown();
    try {
      if (!requests.awaitTermination(REQUEST_LIMIT_MINUTES, TimeUnit.MINUTES)) {
        tell.accept("what the recovery had asked for has not ended");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Process start(String verb, List<KillPoint> points) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                RecoveryProcess.class.getName(),
                options.platform().name(),
                options.source().name(),
                folder.resolve("journal").toString(),
                verb));
    points.forEach(point -> command.add(point.toString()));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("process.log").toFile()))
        .start();
  }

  private Stopped followed(Process process, ExecutorService requests) throws IOException {
    PrintStream answers = new PrintStream(process.getOutputStream(), true, UTF_8);
    answers.println(SiteLine.of(SiteLine.FACTS, site.facts()));
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    for (String text = lines.readLine(); text != null; text = lines.readLine()) {
      SiteLine line = SiteLine.parse(text);
      switch (line.kind()) {
        case SiteLine.LINE -> tell.accept(line.as(String.class));
        case SiteLine.PLANNED -> plan(line.as(Map.class));
        case SiteLine.ENDED -> {
          return new Ended(ReportText.read(line.as(String.class)));
        }
        case SiteLine.POINT -> {
          process.destroyForcibly();
          KillPoint point = KillPoint.parse(line.as(String.class));
          tell.accept("killed at " + point);
          return new KilledAt(point);
        }
        default -> requests.execute(() -> answers.println(answer(line)));
      }
    }
    throw new IllegalStateException("the recovery's process ended; see process.log in " + folder);
  }

  private SiteLine answer(SiteLine asked) {
    String what = asked.as(String.class);
    try {
      return switch (asked.kind()) {
        case SiteLine.FIND -> SiteLine.of(SiteLine.ANSWER, site.find(what).stream().toList());
        case SiteLine.MAKE -> SiteLine.of(SiteLine.ANSWER, site.make(what));
        case SiteLine.JOIN -> SiteLine.of(SiteLine.ANSWER, site.joinConfiguration(what));
        default -> throw new IllegalStateException("not understood: " + asked);
      };
    } catch (RuntimeException e) {
      return SiteLine.of(SiteLine.FAILED, e.toString());
    }
  }

  private void plan(Map<?, ?> line) {
    Plan plan = Plan.fromJson(String.valueOf(line.get("plan")));
    planned.on(new Event.Planned(Instant.EPOCH, String.valueOf(line.get("step")), plan));
  }
}
