package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a recovery has come to when one of its later parts is built.
 *
 * @param restored what the restore found
 * @param masters the new masters, as far as there are any yet; where they join one by one, and a
 *     part is about one of them, that one alone
 * @param <R> what a restore finds
 */
public record Recovered<R>(R restored, List<Master> masters) {
  /** Copies the list. */
  public Recovered {
    requireNonNull(restored, "restored");
    masters = List.copyOf(masters);
  }
}
