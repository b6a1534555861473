package io.clusterrecovery.testkit;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Daemon threads with a name. */
final class AwsThreads {
  private AwsThreads() {}

  static ThreadFactory named(String name) {
    AtomicInteger next = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, name + "-" + next.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
