package io.clusterrecovery.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Writes a file, and its digest after it, to a command on the host; in a thread of its own. */
final class Sending implements Runnable {
  private final Path file;
  private final long size;
  private final Exec exec;
  private final TransferWatch watch;
  private volatile @Nullable Exception failure;

  Sending(Path file, long size, Exec exec, TransferWatch watch) {
    this.file = file;
    this.size = size;
    this.exec = exec;
    this.watch = watch;
  }

  /** {@return what went wrong on this side, or while writing to a host that had ended} */
  @Nullable Exception failure() {
    return failure;
  }

  @Override
  public void run() {
    try (SideDigest digest = new SideDigest();
        FileChannel in = FileChannel.open(file, StandardOpenOption.READ);
        OutputStream out = exec.stdin()) {
      send(in, out, digest);
      out.write(digest.finish().getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      failure = e;
      exec.abandon();
    } catch (InterruptedException e) {
      failure = e;
      exec.abandon();
      Thread.currentThread().interrupt();
    }
  }

  private void send(FileChannel in, OutputStream out, SideDigest digest)
      throws IOException, InterruptedException {
    long sent = 0;
    for (ByteBuffer buffer = digest.take(); in.read(buffer) >= 0; buffer = digest.take()) {
      int count = buffer.flip().remaining();
      // The buffer is only reused by this thread, so both may read it at the same time.
      digest.add(buffer.duplicate());
      out.write(buffer.array(), buffer.arrayOffset(), count);
      sent += count;
      watch.count(count);
    }
    if (sent != size) {
      throw new IOException("the file " + file + " changed while it was sent");
    }
  }
}
