package io.clusterrecovery.ssh;

import io.clusterrecovery.RecoveryException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** The digest of a host's file, computed there beside what else goes on; again if that failed. */
final class RemoteDigest {
  private final RemoteSource source;
  private final Scripts scripts;
  private final KnownDigests known;
  private @Nullable FutureTask<String> task;

  RemoteDigest(RemoteSource source, Scripts scripts, KnownDigests known) {
    this.source = source;
    this.scripts = scripts;
    this.known = known;
  }

  String path() {
    return source.path();
  }

  /** Begins, unless that was done; used by one thread. */
  void start() {
    FutureTask<String> unused = started();
  }

  /** {@return the digest once it is computed; empty if the file changed} */
  String get() throws InterruptedException {
    FutureTask<String> running = started();
    try {
      return running.get();
    } catch (ExecutionException e) {
      task = null;
      if (e.getCause() instanceof RecoveryException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private FutureTask<String> started() {
    FutureTask<String> running = task;
    if (running == null) {
      running = new FutureTask<>(() -> source.sha256(scripts, known));
      task = running;
      Blocking.daemon("ssh-digest", running);
    }
    return running;
  }
}
