package io.clusterrecovery.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What packing did to the first megabytes of a file.
 *
 * @param packing how they were packed
 * @param ratio how many times smaller they became
 * @param speed how many bytes were packed in a second
 */
record PackSample(Packing packing, double ratio, double speed) {
  /** What is packed costs this much more a byte on the way: encryption, and unpacking there. */
  private static final double OTHER_WORK = 1 / 600e6;

  /** Less is not worth it, and may be chance. */
  private static final double LEAST_GAIN = 1.1;

  /** Packing is not tried. */
  static final PackSample USELESS = new PackSample(Packing.NONE, 1, 1);

  /** How many bytes are tried. */
  static final int SIZE = 4 << 20;

  /** Packs what follows the byte given. */
  static PackSample of(Packing packing, Path file, long from) throws IOException {
    ByteBuffer sample = ByteBuffer.allocate(SIZE);
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      while (sample.hasRemaining() && in.read(sample, from + sample.position()) >= 0) {}
    }
    return measure(packing, sample.array(), sample.position());
  }

  private static PackSample measure(Packing packing, byte[] bytes, int count) throws IOException {
    Counter counter = new Counter();
    packing.into(counter).close();
    counter.count = 0;
    long start = System.nanoTime();
    try (OutputStream out = packing.into(counter)) {
      out.write(bytes, 0, count);
    }
    double seconds = Math.max(1, System.nanoTime() - start) / 1e9;
    return new PackSample(packing, (double) count / Math.max(1, counter.count), count / seconds);
  }

  /** {@return how to send over a line of so many bytes a second: packed, if that pays} */
  Packing over(double line) {
    double packed = Math.max(1 / (line * ratio), 1 / speed + OTHER_WORK);
    return packed * LEAST_GAIN <= 1 / line ? packing : Packing.NONE;
  }

  private static final class Counter extends OutputStream {
    private long count;

    @Override
    public void write(int b) {
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      count += length;
    }
  }
}
