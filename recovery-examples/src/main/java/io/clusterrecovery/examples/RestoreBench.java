package io.clusterrecovery.examples;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Quorum is restored on a host to which the snapshot has just been copied: the SDK, which has
 * proven the file's digest there, against {@code etcdutl snapshot restore} and a start by hand.
 */
final class RestoreBench implements Benchmark {
  private static final String RESTORE =
      "quorum restore on the host, until the first linearizable read, against etcdutl by hand";
  private static final double SHARE = 0.6;

  @Override
  public List<Measurement> run(BenchOptions options, Consumer<String> tell) throws Exception {
    if (!options.wants(RESTORE)) {
      return List.of();
    }
    Path file = new BenchSnapshot(tell).of(options.size());
    try (RestoreStage stage = RestoreStage.open(file, tell)) {
      Figure figure = new Figure(RESTORE, "s", Goal.share(SHARE));
      Duel duel = new Duel(figure, options.rounds(), tell);
      return List.of(duel.between(stage::ours, stage::byHand));
    }
  }
}
