package io.clusterrecovery.ssh;

import io.clusterrecovery.Code;
import io.clusterrecovery.RecoveryException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what is missing of a file: at first in pieces as they are, until the line's speed is
 * known, then the rest, packed if that pays on such a line.
 */
final class Fetching extends OutputStream {
  private static final long FIRST_PIECE = 1 << 20;
  private static final int GROWTH = 4;

  private final RemoteSource source;
  private final Partial partial;
  private final TransferWatch watch;
  private final Runner runner;
  private final Scripts scripts;
  private final Failures failures;
  private final LinkSpeed speed = new LinkSpeed();
  private long piece = FIRST_PIECE;
  private volatile boolean resumed;
  private volatile @Nullable IOException failure;

  Fetching(
      RemoteSource source,
      Partial partial,
      TransferWatch watch,
      Runner runner,
      Scripts scripts,
      Failures failures) {
    this.source = source;
    this.partial = partial;
    this.watch = watch;
    this.runner = runner;
    this.scripts = scripts;
    this.failures = failures;
  }

  /** {@return the line's speed in bytes a second, once it is known} */
  OptionalDouble speed() {
    return speed.known();
  }

  /** Fetches the next piece, or the rest. */
  void next() throws IOException {
    OptionalDouble line = speed.known();
    long left = source.size() - partial.length();
    long count = line.isPresent() ? left : Math.min(left, piece);
    Packing packing = line.isPresent() ? source.sample().over(line.getAsDouble()) : Packing.NONE;
    resumed = false;
    fetch(count, packing);
    piece *= GROWTH;
  }

  private void fetch(long count, Packing packing) throws IOException {
    String what = "downloading " + source.path();
    long before = partial.length();
    OutputStream unpacked = packing == Packing.NONE ? this : new Unpacking(packing, this);
    Incoming incoming = new Incoming(unpacked);
    var script =
        Script.SEND.with(
            source.path(), Long.toString(before), Long.toString(count), packing.program());
    Exec exec = runner.startAsRoot(what, script, incoming);
    watch.untilEnd(exec, what);
    finish(unpacked, what);
    IOException local = failure;
    if (local != null) {
      throw local;
    }
    runner.requireEnd(exec);
    Reply reply = incoming.reply().orElseThrow(() -> scripts.unusable(what, exec));
    requireSame(reply, partial.length() - before == count);
  }

  private void finish(OutputStream unpacked, String what) throws IOException {
    if (unpacked instanceof Unpacking unpacking) {
      try {
        unpacking.finish();
      } catch (InterruptedException e) {
        throw failures.interrupted(what, "nothing", e);
      }
    }
  }

  private void requireSame(Reply reply, boolean whole) {
    if (!whole || !reply.get("identity").equals(source.identity())) {
      throw changed(source, failures);
    }
  }

  static RecoveryException changed(RemoteSource source, Failures failures) {
    return failures.failed(
        Code.DIGEST_MISMATCH,
        source.path() + " changed while it was downloaded.",
        "nothing",
        "Make sure that nothing writes to it meanwhile, then download it again.");
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    try {
      partial.append(bytes, offset, (int) Math.min(count, source.size() - partial.length()));
    } catch (IOException e) {
      failure = e;
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    watch.count(count);
    tellSpeed(System.nanoTime());
  }

  /** How long the host took to begin says nothing of the line. */
  private void tellSpeed(long now) {
    if (resumed) {
      speed.heard(partial.length(), now);
    } else {
      speed.resume(partial.length(), now);
      resumed = true;
    }
  }
}
