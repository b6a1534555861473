package io.clusterrecovery.examples;

import io.clusterrecovery.ConsoleProgress;
import io.clusterrecovery.EventListener;
import io.clusterrecovery.Report;
import io.clusterrecovery.examples.RecoveryRunner.Survived;
import io.clusterrecovery.testkit.Lab;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The drill: a control plane of three loses two hosts, and the SDK brings it back. */
public final class Drill {
  private final DrillOptions options;
  private final PrintStream out;

  private Drill(DrillOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Runs the command; see {@code bin/drill --help}. */
  public static void main(String[] arguments) {
    LibraryLogs.onlyWarnings();
    System.exit(status(List.of(arguments), System.out));
  }

  /** Runs the command, printing to the given stream; gives its exit status. */
  static int status(List<String> arguments, PrintStream out) {
    DrillOptions options;
    try {
      options = DrillOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      out.println("drill: " + e.getMessage() + "; bin/drill --help has the options");
      return Exit.USAGE.status();
    }
    String stop = options.stop();
    return (stop == null ? new Drill(options, out).wanted() : stop(stop, out)).status();
  }

  private static Exit stop(String id, PrintStream out) {
    if (id.equals("all")) {
      out.println("stopped " + Lab.stopAll() + " labs");
      return Exit.HELD;
    }
    boolean found = Lab.stop(id);
    out.println(found ? "stopped " + id : "there is no lab " + id);
    return found ? Exit.HELD : Exit.USAGE;
  }

  private Exit wanted() {
    if (options.kill().list()) {
      KillPoints.of(options.platform()).forEach(out::println);
      return Exit.HELD;
    }
    if (options.kill().kills()) {
      KillAll all = new KillAll(options.kill().file(), out);
      return all.run(options.drillsToKill(), points -> new Drill(options, out).run(points));
    }
    return run(List.of()).exit();
  }

  private KillAll.Killed run(List<KillPoint> points) {
    try (DrillStage stage = DrillStage.open(options, out, this::tell)) {
      return recover(stage, points);
    } catch (RuntimeException e) {
      out.println("drill: " + e);
      e.printStackTrace(out);
      return new KillAll.Killed(Exit.FAILED, List.of());
    }
  }

  private KillAll.Killed recover(DrillStage stage, List<KillPoint> points) {
    Lab lab = stage.lab();
    Path folder = stage.folder();
    DrillLab drill = DrillLab.prepare(lab, options.objects(), options.source(), folder, this::tell);
    Path objects = folder.resolve("objects.txt");
    DrillObjects.save(drill.digests(), objects);
    drill.lose(this::tell);
    writeEnv(drill, objects);
    HostTraces traces = new HostTraces();
    traces.remember(drill.survivor());
    PlannedRestore planned = new PlannedRestore();
    LabSite site = new LabSite(drill, traces.rememberingNewHosts(options.platform()));
    Survived survived =
        points.isEmpty()
            ? new Survived(recovered(site, folder.resolve("journal"), planned), List.of())
            : new RecoveryRunner(options, site, planned, folder, this::tell).killedAt(points);
    Report report = survived.report();
    writeEnv(drill, objects);
    DrillReport drillReport =
        new DrillReport(lab.id(), versions(), report, checks(drill, traces, planned, report));
    drillReport.write(folder.resolve("report.json"));
    drillReport.writePage(folder.resolve("report.html"));
    out.println();
    out.println(drillReport);
    out.println("report: " + folder.resolve("report.json") + ", and report.html beside it");
    return new KillAll.Killed(exit(drillReport), survived.unreached());
  }

  private Report recovered(LabSite site, Path journal, PlannedRestore planned) {
    EventListener listener = planned.andThen(listener());
    try (DrillOperations operations = new DrillOperations(site)) {
      return Recoveries.of(options.platform(), options.source(), operations, journal, listener)
          .run();
    }
  }

  private List<Check> checks(
      DrillLab drill, HostTraces traces, PlannedRestore planned, Report report) {
    if (Exit.of(report.outcome()) != Exit.HELD) {
      return List.of();
    }
    tell("checking by other means");
    return new DrillChecks(drill, options, planned).all(traces);
  }

  private static Exit exit(DrillReport report) {
    Exit recovered = Exit.of(report.run().outcome());
    if (recovered == Exit.REFUSED && report.changedAnything()) {
      return Exit.FAILED;
    }
    if (recovered != Exit.HELD) {
      return recovered;
    }
    return report.held() ? Exit.HELD : Exit.CHECK_FAILED;
  }

  private void writeEnv(DrillLab drill, Path objects) {
    Map<String, String> more = new LinkedHashMap<>();
    more.put("LAB_SURVIVOR", DrillLab.SURVIVOR);
    more.put("LAB_LOST", String.join(" ", DrillLab.LOST));
    more.put("LAB_NEW", String.join(" ", DrillLab.NEW));
    more.put("LAB_OBJECTS", objects.toString());
    more.put("LAB_SNAPSHOT", drill.snapshot().toString());
    drill.lab().writeEnv(objects.resolveSibling("lab.env"), more);
  }

  private EventListener listener() {
    if (options.quiet()) {
      return EventListener.NONE;
    }
    return Boolean.getBoolean("drill.terminal")
        ? ConsoleProgress.terminal(out)
        : ConsoleProgress.to(out);
  }

  private void tell(String line) {
    if (!options.quiet()) {
      out.println(line);
    }
  }

  /** The real parts, as the launcher found them, a line "NAME VERSION" each. */
  private static Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    String parts = System.getenv().getOrDefault("DRILL_VERSIONS", "");
    parts
        .lines()
        .map(line -> line.strip().split("\\s+", 2))
        .filter(words -> words.length == 2)
        .forEach(words -> versions.put(words[0], words[1]));
    versions.put("java", Runtime.version().toString());
    return versions;
  }
}
