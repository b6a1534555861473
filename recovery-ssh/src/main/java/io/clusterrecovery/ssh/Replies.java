package io.clusterrecovery.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What a script of ours tells while it runs, a value at a time; the last of a name counts. */
final class Replies extends OutputStream {
  private final Consumer<Reply> heard;
  private final Map<String, String> values = new HashMap<>();
  private ByteArrayOutputStream unread = new ByteArrayOutputStream();
  private boolean ended;

  /** Tells the consumer of each reply; it must not block, since the connection waits for it. */
  Replies(Consumer<Reply> heard) {
    this.heard = heard;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
    unread.write(bytes, offset, count);
    Optional<Reply> next = Reply.parse(unread.toByteArray());
    while (next.isPresent()) {
      Reply reply = next.get();
      values.putAll(reply.values());
      heard.accept(reply);
      unread = new ByteArrayOutputStream();
      unread.write(reply.payload().array());
      next = Reply.parse(unread.toByteArray());
    }
    notifyAll();
  }

  /** Ends the waiting of whoever waits. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** {@return a value, or nothing if it was not told} */
  synchronized Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** {@return a value once it is told} */
  synchronized String await(String name) throws IOException, InterruptedException {
    while (!values.containsKey(name)) {
      requireGoingOn();
      wait();
    }
    return values.getOrDefault(name, "");
  }

  /** Returns once a number that grows has come so far; it is not awaited if that is nothing. */
  synchronized void awaitAtLeast(String name, long least) throws IOException, InterruptedException {
    while (Long.parseLong(values.getOrDefault(name, "0")) < least) {
      requireGoingOn();
      wait();
    }
  }

  private void requireGoingOn() throws IOException {
    if (ended) {
      throw new IOException("the host's side ended");
    }
  }
}
