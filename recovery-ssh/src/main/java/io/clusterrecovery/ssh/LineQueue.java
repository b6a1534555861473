package io.clusterrecovery.ssh;

import io.clusterrecovery.Clock;
import io.clusterrecovery.PrintedLine;
import io.clusterrecovery.PrintedLine.Stream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Lines on their way from the reader of all output, which must not wait, to whoever is told of
 * them: who falls too far behind misses the oldest.
 */
final class LineQueue {
  private static final int STREAMS = 2;
  private static final long MOST_CHARACTERS = Tail.LIMIT;

  private final Deque<PrintedLine> lines = new ArrayDeque<>();
  private long characters;
  private long missed;
  private int ended;

  synchronized void add(Stream stream, String text) {
    lines.add(new PrintedLine(stream, text, 0));
    characters += text.length() + 1;
    while (characters > MOST_CHARACTERS) {
      characters -= lines.remove().text().length() + 1;
      missed++;
    }
    notifyAll();
  }

  /** Takes note that one of the streams has ended. */
  synchronized void end() {
    ended++;
    notifyAll();
  }

  /** {@return whether both streams ended within the limit; each line has then been told} */
  boolean tellUntilEnd(Duration limit, Clock clock, Consumer<PrintedLine> lines)
      throws InterruptedException {
    Duration end = clock.elapsed().plus(limit);
    while (true) {
      Duration left = end.minus(clock.elapsed());
      List<PrintedLine> news = awaitNews(left);
      news.forEach(lines);
      if (news.isEmpty()) {
        return hasEnded();
      }
    }
  }

  private synchronized boolean hasEnded() {
    return ended == STREAMS && lines.isEmpty();
  }

  /** {@return what there is to tell; nothing at the limit or at the end} */
  private synchronized List<PrintedLine> awaitNews(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (lines.isEmpty() && ended < STREAMS) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return List.of();
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return takeAll();
  }

  private List<PrintedLine> takeAll() {
    List<PrintedLine> all = new ArrayList<>(lines);
    if (missed > 0 && !all.isEmpty()) {
      PrintedLine first = all.get(0);
      all.set(0, new PrintedLine(first.stream(), first.text(), missed));
      missed = 0;
    }
    lines.clear();
    characters = 0;
    return all;
  }
}
