package io.clusterrecovery.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Two sides measured in turn, so that whatever else the machine does meets both of them: only the
 * ratio inside a round means anything.
 */
final class Duel {
  private final Figure figure;
  private final int rounds;
  private final Consumer<String> tell;
  private final List<Double> ours = new ArrayList<>();
  private final List<Double> theirs = new ArrayList<>();
  private final List<Double> ratios = new ArrayList<>();

  Duel(Figure figure, int rounds, Consumer<String> tell) {
    this.figure = figure;
    this.rounds = rounds;
    this.tell = tell;
  }

  /** Measures both sides, each of them first in every other round. */
  Measurement between(Timed our, Timed their) throws Exception {
    for (int round = 0; round < rounds; round++) {
      if (round % 2 == 0) {
        double first = our.measure();
        add(first, their.measure());
      } else {
        double first = their.measure();
        add(our.measure(), first);
      }
    }
    return result(median(theirs), median(ratios));
  }

  /** Measures our side alone. */
  Measurement alone(Timed our) throws Exception {
    for (int round = 0; round < rounds; round++) {
      ours.add(our.measure());
      tell.accept(
          String.format(
              Locale.ROOT,
              "%s, round %d: %.3f %s",
              figure.name(),
              ours.size(),
              ours.get(round),
              figure.unit()));
    }
    return result(null, null);
  }

  private void add(double our, double their) {
    ours.add(our);
    theirs.add(their);
    ratios.add(figure.goal().ratio(our, their));
    tell.accept(
        String.format(
            Locale.ROOT,
            "%s, round %d: ours %.3f %s, theirs %.3f %s",
            figure.name(),
            ours.size(),
            our,
            figure.unit(),
            their,
            figure.unit()));
  }

  private Measurement result(@Nullable Double their, @Nullable Double ratio) {
    double our = median(ours);
    return new Measurement(
        figure.name(),
        our,
        their,
        figure.unit(),
        ratio,
        figure.goal().toString(),
        figure.goal().isReached(our, ratio == null ? Double.NaN : ratio),
        rounds);
  }

  /** The middle one, or the mean of the two in the middle. */
  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
