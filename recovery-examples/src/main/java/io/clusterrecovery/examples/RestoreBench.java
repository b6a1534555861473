package io.clusterrecovery.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Quorum is restored on a host to which the snapshot has just been copied: the SDK, which has
 * proven the file's digest there, against {@code etcdutl snapshot restore} and a start by hand.
 */
final class RestoreBench implements Benchmark {
  private static final String RESTORE =
      "quorum restore on the host, until the first linearizable read, against etcdutl by hand";
  private static final String WITHOUT_SHA =
      "quorum restore likewise, where etcdutl finds no SHA instructions";
  private static final double SHARE = 0.6;

  @Override
  public List<Measurement> run(BenchOptions options, Consumer<String> tell) throws Exception {
    List<String> wanted = Stream.of(RESTORE, WITHOUT_SHA).filter(options::wants).toList();
    if (wanted.isEmpty()) {
      return List.of();
    }
    Path file = new BenchSnapshot(tell).of(options.size());
    List<Measurement> measured = new ArrayList<>();
    try (RestoreStage stage = RestoreStage.open(file, tell)) {
      for (String name : wanted) {
        Duel duel = new Duel(new Figure(name, "s", Goal.share(SHARE)), options.rounds(), tell);
        boolean sha = name.equals(RESTORE);
        measured.add(duel.between(stage::ours, () -> stage.byHand(sha)));
      }
    }
    return measured;
  }
}
