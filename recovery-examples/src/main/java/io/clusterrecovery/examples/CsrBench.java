package io.clusterrecovery.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Six certificate requests of ours come to a cluster with thousands of others: the SDK, which reads
 * and judges all of them, against {@code kubectl certificate approve} with the names of the six.
 */
final class CsrBench implements Benchmark {
  private static final String ARRIVAL =
      "CSR, 6 of ours among 2000, JVM warm, from before its posting to approved, the slowest";
  private static final String KUBECTL =
      "CSR, 6 of ours among 2000, JVM warm, all approved, against kubectl certificate approve";
  private static final double SECONDS = 0.2;

  @Override
  public List<Measurement> run(BenchOptions options, Consumer<String> tell) throws Exception {
    if (!options.wants(ARRIVAL) && !options.wants(KUBECTL)) {
      return List.of();
    }
    List<Measurement> results = new ArrayList<>();
    try (CsrStage stage = CsrStage.open(tell)) {
      if (options.wants(ARRIVAL)) {
        stage.slowestFromArrival();
        Figure figure = new Figure(ARRIVAL, "s", Goal.most(SECONDS));
        results.add(new Duel(figure, options.rounds(), tell).alone(stage::slowestFromArrival));
      }
      if (options.wants(KUBECTL)) {
        stage.ours();
        stage.byKubectl();
        Figure figure = new Figure(KUBECTL, "s", Goal.speed(1.0));
        Duel duel = new Duel(figure, options.rounds(), tell);
        results.add(duel.between(stage::ours, stage::byKubectl));
      }
    }
    return results;
  }
}
