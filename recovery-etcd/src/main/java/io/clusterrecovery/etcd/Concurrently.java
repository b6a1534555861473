package io.clusterrecovery.etcd;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Does the same for each of a few things at the same time, on threads that end with it. */
final class Concurrently {
  private Concurrently() {}

  static <T, R> List<R> map(List<T> things, Function<T, R> each) {
    if (things.isEmpty()) {
      return List.of();
    }
    ExecutorService threads = Executors.newFixedThreadPool(things.size());
    try {
      List<CompletableFuture<R>> futures =
          things.stream()
              .map(t -> CompletableFuture.supplyAsync(() -> each.apply(t), threads))
              .toList();
      return futures.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      threads.shutdown();
    }
  }
}
