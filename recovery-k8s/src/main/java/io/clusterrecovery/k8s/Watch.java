package io.clusterrecovery.k8s;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One watch of one kind of object, read by a thread of its own so that whoever waits for events can
 * stop waiting. The queue between them is bounded: a reader that is slow slows the server down.
 */
final class Watch implements AutoCloseable {
  private static final int QUEUE = 256;

  /** The server ends a watch by itself after that time; then it is made again. */
  private static final String SECONDS = "60";

  private final LineStream lines;
  private final BlockingQueue<WatchEvent> events = new ArrayBlockingQueue<>(QUEUE);
  private final Thread reader;

  private Watch(LineStream lines) {
    this.lines = lines;
    this.reader = new Thread(this::read, "watch");
    reader.setDaemon(true);
  }

  /**
   * Opens a watch.
   *
   * @param version what has happened after it is told
   * @throws ApiFailure if the server doesn't begin it
   */
  static Watch open(KubeApi api, String path, String version) {
    LineStream lines =
        api.stream(
            path,
            "watch",
            "true",
            "allowWatchBookmarks",
            "true",
            "timeoutSeconds",
            SECONDS,
            "resourceVersion",
            version);
    Watch watch = new Watch(lines);
    watch.reader.start();
    return watch;
  }

  /** {@return what was told, at least one event unless the patience is over before} */
  List<WatchEvent> take(Duration patience) throws InterruptedException {
    List<WatchEvent> taken = new ArrayList<>();
    @Nullable WatchEvent first = events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (first != null) {
      taken.add(first);
      events.drainTo(taken);
    }
    return taken;
  }

  @Override
  public void close() {
    lines.close();
    reader.interrupt();
  }

  private void read() {
    try {
      try {
        for (String line = lines.next(); line != null; line = lines.next()) {
          events.put(WatchEvent.parse(line));
        }
      } catch (RuntimeException e) {
        // What can't be read ends the watch, as a broken connection does; it is made again.
        lines.close();
      }
      events.put(WatchEvent.ENDED);
    } catch (InterruptedException e) {
      // It was closed: nobody wants the rest.
      Thread.currentThread().interrupt();
    }
  }
}
