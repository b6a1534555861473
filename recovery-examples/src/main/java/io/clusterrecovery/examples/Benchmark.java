package io.clusterrecovery.examples;

import java.util.List;
import java.util.function.Consumer;

/** The figures that one word of {@code bin/bench} stands for. */
interface Benchmark {
  /**
   * Measures them.
   *
   * @param options the command line
   * @param tell hears of each round
   * @throws PartMissingException if something is not there that a figure needs
   */
  List<Measurement> run(BenchOptions options, Consumer<String> tell) throws Exception;
}
