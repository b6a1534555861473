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

/** A command in a channel of its own. */
final class SshExec implements Exec {
  private final ChannelExec channel;
  private final CountDownLatch closed;
  private final Tail err;
  private final Runnable release;

  private SshExec(ChannelExec channel, CountDownLatch closed, Tail err, Runnable release) {
    this.channel = channel;
    this.closed = closed;
    this.err = err;
    this.release = release;
  }

  static SshExec begin(
      Connection connection, String line, byte @Nullable [] stdin, OutputStream out) {
    Runnable release = connection.turn();
    boolean started = false;
    try {
      SshExec exec = open(connection, line, stdin, out, release);
      started = true;
      return exec;
    } finally {
      if (!started) {
        release.run();
      }
    }
  }

  private static SshExec open(
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
    return new SshExec(channel, closed, err, release);
  }

  @Override
  public boolean await(Duration limit) throws InterruptedException {
    return closed.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public int status() {
    return channel.getExitStatus();
  }

  @Override
  public Bytes err() {
    return err.bytes();
  }

  @Override
  public OutputStream stdin() throws IOException {
    return channel.getOutputStream();
  }

  @Override
  public void abandon() {
    channel.disconnect();
    release.run();
  }
}
