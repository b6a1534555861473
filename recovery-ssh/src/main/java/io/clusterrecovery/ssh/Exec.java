package io.clusterrecovery.ssh;

import com.jcraft.jsch.ChannelExec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One command as it runs on the host. */
final class Exec {
  private final ChannelExec channel;
  private final CountDownLatch closed;
  private final Tail err;
  private final Runnable release;

  private Exec(ChannelExec channel, CountDownLatch closed, Tail err, Runnable release) {
    this.channel = channel;
    this.closed = closed;
    this.err = err;
    this.release = release;
  }

  /**
   * Starts a command.
   *
   * @param stdin what it reads, or null for nothing
   * @param out is written to by the connection's reader, so it must not block for long
   */
  static Exec start(Connection connection, String line, byte @Nullable [] stdin, OutputStream out) {
    return begin(connection, stdin == null ? line + " </dev/null" : line, stdin, out);
  }

  /** Starts a command whose standard input is written to {@link #stdin()}. */
  static Exec startFed(Connection connection, String line, OutputStream out) {
    return begin(connection, line, null, out);
  }

  private static Exec begin(
      Connection connection, String line, byte @Nullable [] stdin, OutputStream out) {
    Runnable release = connection.turn();
    boolean started = false;
    try {
      Exec exec = open(connection, line, stdin, out, release);
      started = true;
      return exec;
    } finally {
      if (!started) {
        release.run();
      }
    }
  }

  private static Exec open(
      Connection connection,
      String line,
      byte @Nullable [] stdin,
      OutputStream out,
      Runnable release) {
    CountDownLatch closed = new CountDownLatch(1);
    Tail err =
        new Tail() {
          @Override
          public void close() {
            closed.countDown();
          }
        };
    // The last word keeps the login shell there, which tells of a signal as a status.
    byte[] command = (line + "; exit").getBytes(StandardCharsets.UTF_8);
    ChannelExec channel =
        connection.open(
            "exec",
            ChannelExec.class,
            c -> {
              c.setCommand(command);
              if (stdin != null) {
                c.setInputStream(new ByteArrayInputStream(stdin));
              }
              c.setOutputStream(out);
              c.setErrStream(err);
            });
    return new Exec(channel, closed, err, release);
  }

  /** {@return whether it ended within the limit, or the connection did} */
  boolean await(Duration limit) throws InterruptedException {
    return closed.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** {@return its exit status, or -1 if the connection broke before it was told} */
  int status() {
    return channel.getExitStatus();
  }

  Bytes err() {
    return err.bytes();
  }

  OutputStream stdin() throws IOException {
    return channel.getOutputStream();
  }

  /** Lets go of it; it may go on by itself. */
  void abandon() {
    channel.disconnect();
    release.run();
  }
}
