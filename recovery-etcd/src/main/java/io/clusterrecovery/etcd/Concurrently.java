package io.clusterrecovery.etcd;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;

/** Does a few things at the same time, each on a thread that ends with it. */
final class Concurrently {
  private Concurrently() {}

  static <T, R> List<R> map(List<T> things, Function<T, R> each) {
    List<CompletableFuture<R>> started =
        things.stream().map(t -> start(() -> each.apply(t))).toList();
    return started.stream().map(Concurrently::join).toList();
  }

  static <R> CompletableFuture<R> start(Supplier<R> work) {
    return CompletableFuture.supplyAsync(work, Concurrently::onOwnThread);
  }

  /** Gives what the work gave, or throws what it threw. */
  static <R> R join(CompletableFuture<R> started) {
    try {
      return started.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static void onOwnThread(Runnable work) {
    Thread thread = new Thread(work, "recovery-etcd-look");
    thread.setDaemon(true);
    thread.start();
  }
}
