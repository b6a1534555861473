package io.clusterrecovery.etcd;

/**
 * How many of some voters must be up: more than half of them.
 *
 * @param voters how many there are
 */
record Quorum(int voters) {

  int needed() {
    return voters / 2 + 1;
  }

  /** Of two, both are needed: what is worth saying, since a second one adds no safety. */
  @Override
  public String toString() {
    String words = "quorum %d of %d".formatted(needed(), voters);
    return voters == 2 ? words + " needs both" : words;
  }
}
