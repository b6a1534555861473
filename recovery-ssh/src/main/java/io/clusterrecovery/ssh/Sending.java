package io.clusterrecovery.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file to the script on the host that receives it; in a thread of its own.
 *
 * <p>It begins with pieces as they are, until the line's speed is known from the host's replies;
 * the rest goes packed if that pays on such a line.
 */
final class Sending implements Runnable {
  private static final Logger LOG = System.getLogger(Sending.class.getName());
  private static final int BUFFER_SIZE = 128 << 10;

  /** On a faster line, digesting meanwhile would slow the sending down. */
  private static final double FASTEST_TO_FOLLOW = 150e6;

  private final LocalFile file;
  private final PackSample sample;
  private final Exec exec;
  private final TransferWatch watch;
  private final Replies replies;
  private final LinkSpeed speed;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_SIZE);

  Sending(
      LocalFile file,
      PackSample sample,
      Exec exec,
      TransferWatch watch,
      Replies replies,
      LinkSpeed speed) {
    this.file = file;
    this.sample = sample;
    this.exec = exec;
    this.watch = watch;
    this.replies = replies;
    this.speed = speed;
  }

  @Override
  public void run() {
    try (FileChannel in = FileChannel.open(file.path(), StandardOpenOption.READ);
        OutputStream out = exec.stdin()) {
      in.position(agreeOnBegin(out));
      watch.begin(in.position());
      sendPieces(in, out);
      sendRest(in, out);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "sending " + file.path() + " ended early", e);
      exec.abandon();
    } catch (InterruptedException e) {
      exec.abandon();
      Thread.currentThread().interrupt();
    }
  }

  /** What the host has is only built upon if it is how this file begins. */
  private long agreeOnBegin(OutputStream out) throws IOException, InterruptedException {
    long there = Long.parseLong(replies.await("have"));
    if (there == 0) {
      return 0;
    }
    if (there <= file.size() && replies.await("prefix").equals(file.prefixSha256(there))) {
      return there;
    }
    say(out, "fresh");
    return 0;
  }

  private void sendPieces(FileChannel in, OutputStream out)
      throws IOException, InterruptedException {
    WarmUp.await();
    speed.resume(in.position(), System.nanoTime());
    while (file.size() - in.position() > speed.piece() && !decided()) {
      long before = in.position();
      long count = speed.piece();
      say(out, "plain " + count);
      send(in, out, count);
      out.flush();
      // One piece is on its way while the next is written: the line has no rest, and what is sent
      // before the speed is known is little.
      replies.awaitAtLeast("got", before);
    }
  }

  /** A line that is fast enough for neither packing nor digesting to pay will not become slower. */
  private boolean decided() {
    boolean fast = !follows(speed.soFar()) && sample.over(speed.soFar()) == Packing.NONE;
    return fast || speed.known().isPresent();
  }

  private static boolean follows(double line) {
    return line < FASTEST_TO_FOLLOW;
  }

  private void sendRest(FileChannel in, OutputStream out) throws IOException {
    long left = file.size() - in.position();
    double line = speed.soFar();
    Packing packing = line > 0 ? sample.over(line) : Packing.NONE;
    boolean follow = line > 0 && follows(line);
    if (follow) {
      file.startDigest();
    }
    LOG.log(Level.DEBUG, "line {0} bytes/s, {1}, digested meanwhile: {2}", line, packing, follow);
    say(out, packing.program() + (follow ? " follow" : " after"));
    if (packing == Packing.NONE) {
      send(in, out, left);
    } else {
      try (OutputStream packed = packing.into(new Relay("ssh-send", out))) {
        send(in, packed, left);
      }
    }
  }

  private void send(FileChannel in, OutputStream out, long count) throws IOException {
    long left = count;
    while (left > 0) {
      buffer.clear().limit((int) Math.min(left, buffer.capacity()));
      int got = in.read(buffer);
      if (got < 0) {
        throw new IOException("the file ended early");
      }
      out.write(buffer.array(), 0, got);
      watch.count(got);
      left -= got;
    }
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
  }
}
