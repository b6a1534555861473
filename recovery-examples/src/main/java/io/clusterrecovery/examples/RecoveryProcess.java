package io.clusterrecovery.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clusterrecovery.ConsoleProgress;
import io.clusterrecovery.Event;
import io.clusterrecovery.EventListener;
import io.clusterrecovery.Report;
import io.clusterrecovery.Runbook;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A recovery in a process of its own, which a drill starts, kills, and starts again. */
final class RecoveryProcess {
  private final ToldSite site;
  private final EventListener listener;

  private RecoveryProcess(ToldSite site, List<KillPoint> points) {
    this.site = site;
    EventListener told =
        ConsoleProgress.to(new PrintStream(new ToldLines(site), true, UTF_8))
            .andThen(this::tellPlans);
    this.listener =
        points.isEmpty()
            ? told
            : told.andThen(
                new KillSwitch(
                    points, point -> site.tell(SiteLine.of(SiteLine.POINT, point.toString()))));
  }

  /**
   * Runs a recovery.
   *
   * @param arguments the platform, the source, the journal, whether to resume it, and the points at
   *     the first of which to be killed
   */
  public static void main(String[] arguments) {
    LibraryLogs.onlyWarnings();
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    System.setOut(System.err);
    ToldSite site = new ToldSite(new BufferedReader(new InputStreamReader(System.in, UTF_8)), out);
    RecoveryProcess process = new RecoveryProcess(site, points(arguments));
    try (DrillOperations operations = new DrillOperations(site)) {
      Runbook runbook =
          Recoveries.of(
              DrillOptions.Platform.valueOf(arguments[0]),
              DrillOptions.Source.valueOf(arguments[1]),
              operations,
              Path.of(arguments[2]),
              process.listener);
      process.end(arguments[3].equals("resume") ? runbook.resume() : runbook.run());
    }
    System.exit(0);
  }

  private static List<KillPoint> points(String[] arguments) {
    return Arrays.stream(arguments).skip(4).map(KillPoint::parse).toList();
  }

  private void tellPlans(Event event) {
    if (event instanceof Event.Planned planned) {
      site.tell(
          SiteLine.of(
              SiteLine.PLANNED, Map.of("step", planned.step(), "plan", planned.plan().toJson())));
    }
  }

  private void end(Report report) {
    if (report.failure() != null) {
      site.tell(SiteLine.of(SiteLine.LINE, report.toString()));
    }
    site.tell(SiteLine.of(SiteLine.ENDED, report.toJson()));
  }
}
