package io.clusterrecovery.ssh;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** How a file is packed on its way; each at its fastest level. */
enum Packing {
  NONE {
    @Override
    OutputStream into(OutputStream out) {
      return out;
    }

    @Override
    InputStream from(InputStream in) {
      return in;
    }
  },
  ZSTD {
    @Override
    OutputStream into(OutputStream out) throws IOException {
      return new ZstdOutputStreamNoFinalizer(out, 1);
    }

    @Override
    InputStream from(InputStream in) throws IOException {
      return new ZstdInputStreamNoFinalizer(in);
    }
  },
  GZIP {
    @Override
    OutputStream into(OutputStream out) throws IOException {
      return new FastGzip(out);
    }

    @Override
    InputStream from(InputStream in) throws IOException {
      return new GZIPInputStream(in, FastGzip.BUFFER_SIZE);
    }
  };

  /** A stream that packs what is written to it, and closes the one below it. */
  abstract OutputStream into(OutputStream out) throws IOException;

  /** A stream of what is packed in another, which it closes, too. */
  abstract InputStream from(InputStream in) throws IOException;

  /** {@return the program that packs and unpacks it} */
  String program() {
    return this == NONE ? "cat" : name().toLowerCase(Locale.ROOT);
  }

  /** {@return whether it works on this machine, for which there may be no native code} */
  boolean works() {
    try {
      into(OutputStream.nullOutputStream()).close();
      return true;
    } catch (IOException | LinkageError e) {
      return false;
    }
  }

  /** The best one of those that this machine can do and a host has programs for, or none. */
  static Packing best(List<String> programs) {
    for (Packing packing : List.of(ZSTD, GZIP)) {
      if (programs.contains(packing.program()) && packing.works()) {
        return packing;
      }
    }
    return NONE;
  }

  private static final class FastGzip extends GZIPOutputStream {
    private static final int BUFFER_SIZE = 64 << 10;

    FastGzip(OutputStream out) throws IOException {
      super(out, BUFFER_SIZE);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
