package io.clusterrecovery.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Unpacks what is written to it, in a thread of its own, and hands it on. What is cut off is
 * unpacked as far as it goes.
 */
final class Unpacking extends OutputStream {
  private static final Logger LOG = System.getLogger(Unpacking.class.getName());
  private static final int PIPE_SIZE = 1 << 20;

  private final Packing packing;
  private final OutputStream to;
  private final PipedInputStream packed = new PipedInputStream(PIPE_SIZE);
  private final PipedOutputStream pipe;
  private final Thread worker;

  Unpacking(Packing packing, OutputStream to) throws IOException {
    this.packing = packing;
    this.to = to;
    this.pipe = new PipedOutputStream(packed);
    this.worker = Blocking.daemon("ssh-unpack", this::work);
  }

  @Override
  public void write(int b) throws IOException {
    pipe.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    pipe.write(bytes, offset, count);
    // Wakes the reader, which otherwise looks once a second.
    pipe.flush();
  }

  @Override
  public void close() throws IOException {
    pipe.close();
  }

  /** Waits until all that was written is unpacked. */
  void finish() throws IOException, InterruptedException {
    close();
    worker.join();
  }

  private void work() {
    try (packed) {
      try (InputStream in = packing.from(packed)) {
        in.transferTo(to);
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "unpacking ended early", e);
        // Nobody shall wait for room.
        packed.transferTo(OutputStream.nullOutputStream());
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "unpacking ended early", e);
    }
  }
}
