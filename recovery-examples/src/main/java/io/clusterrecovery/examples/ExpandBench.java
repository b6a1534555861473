package io.clusterrecovery.examples;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * One member more on a cluster of one with a large database, from its add to its vote: the SDK
 * against {@code etcdctl} and a start by hand, with a promotion tried each second.
 */
final class ExpandBench implements Benchmark {
  private static final String EXPAND =
      "one member added, started, in sync, promoted, against etcdctl by hand each second";
  private static final double SHARE = 1.0;

  @Override
  public List<Measurement> run(BenchOptions options, Consumer<String> tell) throws Exception {
    if (!options.wants(EXPAND)) {
      return List.of();
    }
    Path file = new BenchSnapshot(tell).of(options.size());
    try (ExpandStage stage = ExpandStage.open(file, tell)) {
      Figure figure = new Figure(EXPAND, "s", Goal.share(SHARE));
      Duel duel = new Duel(figure, options.rounds(), tell);
      return List.of(duel.between(stage::ours, stage::byHand));
    }
  }
}
