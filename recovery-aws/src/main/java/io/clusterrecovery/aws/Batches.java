package io.clusterrecovery.aws;

import java.util.List;
import java.util.stream.IntStream;

/** Splits what is asked about into as many requests as ELB wants: twenty things in each. */
final class Batches {
  private static final int SIZE = 20;

  private Batches() {}

  static <T> List<List<T>> of(List<T> all) {
    return IntStream.iterate(0, from -> from < all.size(), from -> from + SIZE)
        .mapToObj(from -> all.subList(from, Math.min(from + SIZE, all.size())))
        .toList();
  }
}
