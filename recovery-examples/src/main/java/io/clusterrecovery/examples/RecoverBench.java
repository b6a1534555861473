package io.clusterrecovery.examples;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A control plane of three has lost two masters, and two new ones are there: the SDK's whole
 * recovery, its process included, against a script of the same procedure, each on a fresh lab.
 */
final class RecoverBench implements Benchmark {
  private static final String WHOLE =
      "whole recovery of three with two lost, process included, against an expert's script";
  private static final String OWN =
      "whole recovery, what is neither waited for nor changed: the SDK's own share";
  private static final double SHARE = 0.75;
  private static final double SECONDS = 1;

  /** Classes as the JVM has them in memory; {@code bin/bench} removes it after a build. */
  private final Path archive = Path.of(System.getProperty("bench.archive", "recover.jsa"));

  private final List<Double> own = new ArrayList<>();

  @Override
  public List<Measurement> run(BenchOptions options, Consumer<String> tell) throws Exception {
    if (!options.wants(WHOLE) && !options.wants(OWN)) {
      return List.of();
    }
    if (!Files.exists(archive)) {
      tell.accept("one recovery beforehand, of which the JVM keeps its classes");
      ours("-XX:ArchiveClassesAtExit=" + archive);
      own.clear();
    }
    Duel whole = new Duel(new Figure(WHOLE, "s", Goal.share(SHARE)), options.rounds(), tell);
    Measurement both = whole.between(() -> ours("-XX:SharedArchiveFile=" + archive), this::byHand);
    Duel share = new Duel(new Figure(OWN, "s", Goal.most(SECONDS)), own.size(), tell);
    return List.of(both, share.alone(own.iterator()::next));
  }

  private double ours(String classes) throws Exception {
    try (RecoverStage stage = RecoverStage.open()) {
      double seconds = stage.recoveredBy(command(classes, stage.folder()));
      own.add(RecoverShare.own(stage.folder().resolve("report.json"), seconds));
      return seconds;
    }
  }

  private double byHand() throws Exception {
    try (RecoverStage stage = RecoverStage.open()) {
      return stage.recoveredBy(List.of("bash", script().toString()));
    }
  }

  private static List<String> command(String classes, Path folder) {
    List<String> command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of(classes, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(RecoverOnce.class.getName(), folder.toString()));
    return command;
  }

  private static Path script() {
    Path root = Path.of(System.getProperty("bench.root", "."));
    Path script = root.resolve("recovery-examples/src/main/sh/recover-by-hand.sh");
    if (!Files.exists(script)) {
      throw new PartMissingException(script + " is not there");
    }
    return script;
  }
}
