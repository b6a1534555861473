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
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
   * Runs it, each time in a new process: until it was killed at each point, and then to its end.
   */
  Report killedAt(List<KillPoint> points) {
    String verb = "run";
    for (KillPoint point : points) {
      Optional<Report> ended = run(verb, point.toString());
      if (ended.isPresent()) {
        throw new IllegalStateException(point + " was not reached:\n" + ended.get());
      }
      verb = "resume";
    }
    return run(verb, RecoveryProcess.NOWHERE)
        .orElseThrow(() -> new IllegalStateException("it asked to be killed"));
  }

  private Optional<Report> run(String verb, String point) {
    ExecutorService requests = Executors.newSingleThreadExecutor();
    try {
      Process process = start(verb, point);
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

  private Process start(String verb, String point) throws IOException {
    return new ProcessBuilder(
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
            verb,
            point)
        .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("process.log").toFile()))
        .start();
  }

  private Optional<Report> followed(Process process, ExecutorService requests) throws IOException {
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
          return Optional.of(ReportText.read(line.as(String.class)));
        }
        case SiteLine.POINT -> {
          process.destroyForcibly();
          tell.accept("killed at " + line.as(String.class));
          return Optional.empty();
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
