package io.clusterrecovery.examples;

/** One side of a figure: does it once. */
interface Timed {
  /** Does it once, and gives what that took in the figure's unit. */
  double measure() throws Exception;

  /** Some work. */
  interface Work {
    void run() throws Exception;
  }

  /** A side whose seconds are those from the beginning of the work to its end. */
  static Timed seconds(Work work) {
    return () -> {
      long start = System.nanoTime();
      work.run();
      return (System.nanoTime() - start) / 1e9;
    };
  }
}
