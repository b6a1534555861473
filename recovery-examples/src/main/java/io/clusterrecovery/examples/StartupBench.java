package io.clusterrecovery.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The SDK's prompt, on a terminal: {@code bin/shell} against the JDK's own {@code jshell} with the
 * same jars, the same imports and the same short names.
 */
final class StartupBench implements Benchmark {
  private static final String PROMPT = "start of the shell until its prompt, against jshell";
  private static final String ANSWER =
      "start of the shell until the first answer of the SDK, against jshell";
  private static final double SHARE = 0.4;

  @Override
  public List<Measurement> run(BenchOptions options, Consumer<String> tell) throws Exception {
    Path root = Path.of(System.getProperty("bench.root", ".")).toAbsolutePath();
    Path shell = root.resolve("bin/shell");
    Path startup = root.resolve("recovery-examples/src/main/jshell/recovery.jsh");
    if (!Files.isExecutable(shell)) {
      throw new PartMissingException(shell + " is not there");
    }
    ShellStart ours = new ShellStart(List.of(shell.toString()));
    ShellStart theirs = new ShellStart(jshell(startup));
    tell.accept("one start beforehand, of which the JVM keeps its classes");
    ours.measure();
    List<Measurement> measured = new ArrayList<>();
    if (options.wants(PROMPT)) {
      Duel duel = new Duel(new Figure(PROMPT, "s", Goal.share(SHARE)), options.rounds(), tell);
      measured.add(duel.between(() -> ours.measure().prompt(), () -> theirs.measure().prompt()));
    }
    if (options.wants(ANSWER)) {
      Duel duel = new Duel(new Figure(ANSWER, "s", Goal.share(SHARE)), options.rounds(), tell);
      measured.add(duel.between(() -> ours.measure().answer(), () -> theirs.measure().answer()));
    }
    return measured;
  }

  private static List<String> jshell(Path startup) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin/jshell").toString(),
        "--class-path",
        System.getProperty("java.class.path"),
        "--startup",
        startup.toString());
  }
}
