package io.clusterrecovery.examples;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Ten clusters are recovered at once in this one JVM, against one: the recipe over ports that
 * answer late, as hosts and APIs do, since two cores cannot hold ten labs.
 */
final class ManyBench implements Benchmark {
  private static final String TIME = "ten clusters at once, on delayed fakes, against one";
  private static final String THREADS = "ten clusters at once, threads at their most";
  private static final String HEAP = "ten clusters at once, heap at its fullest";
  private static final int MANY = 10;
  private static final double SHARE = 1.2;

  /** A run has its own thread, one a look of the preflight, and one a host that is looked at. */
  private static final double MOST_THREADS = MANY * 8.0;

  private static final double MOST_MEBIBYTES = 64;

  @Override
  public List<Measurement> run(BenchOptions options, Consumer<String> tell) throws Exception {
    List<Measurement> results = new ArrayList<>();
    ManyStage stage = new ManyStage();
    stage.recover(1);
    List<ManyStage.Use> uses = new ArrayList<>();
    Duel time = new Duel(new Figure(TIME, "s", Goal.share(SHARE)), options.rounds(), tell);
    Measurement both =
        time.between(
            () -> {
              ManyStage.Use use = stage.recover(MANY);
              uses.add(use);
              return use.seconds();
            },
            () -> stage.recover(1).seconds());
    results.add(both);
    results.add(alone(THREADS, "threads", MOST_THREADS, uses, tell, ManyStage.Use::threads));
    results.add(alone(HEAP, "MiB", MOST_MEBIBYTES, uses, tell, ManyStage.Use::mebibytes));
    return results.stream().filter(result -> options.wants(result.figure())).toList();
  }

  private static Measurement alone(
      String name,
      String unit,
      double most,
      List<ManyStage.Use> uses,
      Consumer<String> tell,
      ToDoubleFunction<ManyStage.Use> amount)
      throws Exception {
    Iterator<ManyStage.Use> each = uses.iterator();
    Duel duel = new Duel(new Figure(name, unit, Goal.most(most)), uses.size(), tell);
    return duel.alone(() -> amount.applyAsDouble(each.next()));
  }
}
