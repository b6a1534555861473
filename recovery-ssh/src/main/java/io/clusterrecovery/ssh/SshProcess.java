package io.clusterrecovery.ssh;

import com.jcraft.jsch.ChannelExec;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A login shell in a channel of its own. */
final class SshProcess implements ShellProcess {
  private final ChannelExec channel;
  private final OutputStream stdin;
  private final CountDownLatch closed;
  private final Runnable release;

  private SshProcess(
      ChannelExec channel, OutputStream stdin, CountDownLatch closed, Runnable release) {
    this.channel = channel;
    this.stdin = stdin;
    this.closed = closed;
    this.release = release;
  }

  static SshProcess start(Connection connection, String line, OutputStream out, OutputStream err) {
    Runnable release = connection.turn();
    boolean started = false;
    try {
      SshProcess process = open(connection, line, out, err, release);
      started = true;
      return process;
    } finally {
      if (!started) {
        release.run();
      }
    }
  }

  private static SshProcess open(
      Connection connection, String line, OutputStream out, OutputStream err, Runnable release) {
    CountDownLatch closed = new CountDownLatch(1);
    ChannelExec channel =
        connection.open(
            "exec",
            ChannelExec.class,
            c -> {
              c.setCommand(line.getBytes(StandardCharsets.UTF_8));
              c.setOutputStream(out);
              c.setErrStream(new Closing(err, closed));
            });
    try {
      return new SshProcess(channel, channel.getOutputStream(), closed, release);
    } catch (IOException e) {
      throw new UncheckedIOException("the library always gives this stream", e);
    }
  }

  @Override
  public boolean await(Duration limit) throws InterruptedException {
    return closed.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public int status() {
    String signal = channel.getExitSignal();
    return signal == null ? channel.getExitStatus() : Signals.status(signal);
  }

  @Override
  public @Nullable String signal() {
    return channel.getExitSignal();
  }

  @Override
  public OutputStream stdin() {
    return stdin;
  }

  @Override
  public void abandon() {
    channel.disconnect();
    release.run();
  }

  /** The library closes this one last, when the channel has. */
  private static final class Closing extends FilterOutputStream {
    private final CountDownLatch closed;

    Closing(OutputStream to, CountDownLatch closed) {
      super(to);
      this.closed = closed;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      out.write(bytes, offset, count);
    }

    @Override
    public void close() throws IOException {
      try {
        super.close();
      } finally {
        closed.countDown();
      }
    }
  }
}
