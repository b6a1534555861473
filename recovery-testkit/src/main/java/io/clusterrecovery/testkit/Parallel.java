package io.clusterrecovery.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Runs pieces of work beside each other, each in a thread of its own, and waits for all. */
final class Parallel {
  private static final Executor THREADS =
      work -> {
        Thread thread = new Thread(work, "lab");
        thread.setDaemon(true);
        thread.start();
      };

  private Parallel() {}

  static CompletableFuture<Void> start(Runnable work) {
    return CompletableFuture.runAsync(work, THREADS);
  }

  static void all(Runnable... works) {
    all(List.of(works));
  }

  static void all(List<? extends Runnable> works) {
    List<CompletableFuture<Void>> started = new ArrayList<>();
    works.forEach(work -> started.add(start(work)));
    CompletableFuture.allOf(started.toArray(CompletableFuture[]::new))
        .handle((nothing, failure) -> true)
        .join();
    started.forEach(Parallel::join);
  }

  static void join(CompletableFuture<Void> started) {
    try {
      started.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw e;
    }
  }
}
