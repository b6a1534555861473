package io.clusterrecovery.ssh;

import io.clusterrecovery.DetachedCommand.OutputLine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Makes lines of bytes as they come, and knows at which byte each ends. */
final class LineSplitter {
  /** What has no end by then is told as a line of its own. */
  static final int LONGEST = 64 << 10;

  private final Consumer<OutputLine> lines;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private long next;

  LineSplitter(long from, Consumer<OutputLine> lines) {
    this.next = from;
    this.lines = lines;
  }

  /** {@return the byte that is expected next} */
  long next() {
    return next;
  }

  void add(byte[] bytes) {
    for (byte b : bytes) {
      next++;
      if (b == '\n') {
        tell();
      } else {
        pending.write(b);
        if (pending.size() == LONGEST) {
          tell();
        }
      }
    }
  }

  /** Tells what is left without an end. */
  void finish() {
    if (pending.size() > 0) {
      tell();
    }
  }

  private void tell() {
    String text = pending.toString(StandardCharsets.UTF_8);
    pending.reset();
    String shown = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    lines.accept(new OutputLine(shown, next));
  }
}
