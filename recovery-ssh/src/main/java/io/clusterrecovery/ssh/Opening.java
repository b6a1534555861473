package io.clusterrecovery.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * One stream of a command: what login shell and sudo print before the command begins is kept apart.
 */
final class Opening extends OutputStream {
  /** Printed on both streams, by the shell that becomes the command. */
  static final String MARK = "@cluster-recovery-begins@";

  private static final int MOST = 64 << 10;

  private final OutputStream command;
  private final Runnable onNews;
  private String before = "";
  private boolean begun;
  private boolean closed;

  /**
   * Begins to listen.
   *
   * @param command takes what the command itself prints
   * @param onNews is run when there is more before the mark, or the mark, or the end
   */
  Opening(OutputStream command, Runnable onNews) {
    this.command = command;
    this.onNews = onNews;
  }

  /** {@return whether the command has begun} */
  synchronized boolean begun() {
    return begun;
  }

  /** {@return what was printed before the command, at least the end of it, byte by byte} */
  synchronized String before() {
    return before;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (begun()) {
      command.write(bytes, offset, count);
    } else {
      listen(new String(bytes, offset, count, StandardCharsets.ISO_8859_1));
      onNews.run();
    }
  }

  /** {@return whether nothing more will be printed} */
  synchronized boolean closed() {
    return closed;
  }

  @Override
  public void close() throws IOException {
    command.close();
    synchronized (this) {
      closed = true;
    }
    onNews.run();
  }

  private synchronized void listen(String more) throws IOException {
    String all = before + more;
    int mark = all.indexOf(MARK);
    if (mark < 0) {
      before = all.substring(Math.max(0, all.length() - MOST));
      return;
    }
    before = all.substring(0, mark);
    begun = true;
    byte[] rest = all.substring(mark + MARK.length()).getBytes(StandardCharsets.ISO_8859_1);
    command.write(rest, 0, rest.length);
  }
}
