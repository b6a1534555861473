package io.clusterrecovery.ssh;

import io.clusterrecovery.PrintedLine.Stream;
import java.util.Arrays;

/** Keeps the end of what is written to it, and tells each line. */
final class LinesTail extends Tail {
  private final LineQueue queue;
  private final LineSplitter splitter;

  LinesTail(LineQueue queue, Stream stream) {
    this.queue = queue;
    this.splitter = new LineSplitter(0, line -> queue.add(stream, line.text()));
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int count) {
    super.write(bytes, offset, count);
    splitter.add(Arrays.copyOfRange(bytes, offset, offset + count));
  }

  @Override
  public synchronized void close() {
    splitter.finish();
    queue.end();
  }
}
