package io.clusterrecovery.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** A file of this machine that goes to a host; its digest is computed at most once, beside it. */
final class LocalFile {
  private static final int BUFFER_SIZE = 128 << 10;
  private static final int SAMPLES = 16;
  private static final int SAMPLE_SIZE = 64 << 10;

  private final Path path;
  private final long size;
  private final String identity;
  private final KnownDigests known;
  private final FutureTask<String> digest = new FutureTask<>(this::compute);
  private final AtomicBoolean started = new AtomicBoolean();

  private LocalFile(Path path, long size, String identity, KnownDigests known) {
    this.path = path;
    this.size = size;
    this.identity = identity;
    this.known = known;
  }

  /** Looks at a file; refuses one that cannot be read. */
  static LocalFile at(Path file, KnownDigests known, Failures failures) {
    long size = LocalFiles.size(file, failures);
    return new LocalFile(file, size, identity(file), known);
  }

  Path path() {
    return path;
  }

  long size() {
    return size;
  }

  /** {@return whether it is still what it was} */
  boolean isUnchanged() {
    return identity(path).equals(identity);
  }

  /** Begins to compute the digest, in a thread of its own, unless that was begun. */
  void startDigest() {
    if (started.compareAndSet(false, true)) {
      Blocking.daemon("ssh-digest", digest);
    }
  }

  /** {@return its digest, once it is computed} */
  String sha256(Failures failures) {
    startDigest();
    try {
      return digest.get();
    } catch (InterruptedException e) {
      throw failures.interrupted("reading " + path, "nothing", e);
    } catch (ExecutionException e) {
      throw LocalFiles.unreadable(path, "cannot be read: " + e.getCause(), failures);
    }
  }

  /** {@return the digest of its first bytes} */
  String prefixSha256(long bytes) throws IOException {
    MessageDigest prefix = SideDigest.sha256();
    try (InputStream in = Files.newInputStream(path)) {
      byte[] buffer = new byte[BUFFER_SIZE];
      long left = bytes;
      for (int count = 1; left > 0 && count > 0; left -= count) {
        count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        prefix.update(buffer, 0, Math.max(0, count));
      }
    }
    return HexFormat.of().formatHex(prefix.digest());
  }

  /**
   * {@return what tells its content from another's, from its size and samples: not a proof, but
   * enough to find what an earlier upload of it has left}
   */
  String key() throws IOException {
    // Two checksums are there at once, where a digest takes a young process a tenth of a second.
    CRC32 one = new CRC32();
    CRC32C other = new CRC32C();
    ByteBuffer sample = ByteBuffer.allocate(SAMPLE_SIZE);
    update(sample.putLong(size).flip(), one, other);
    try (FileChannel in = FileChannel.open(path, StandardOpenOption.READ)) {
      long last = Math.max(0, size - SAMPLE_SIZE);
      for (int i = 0; i < SAMPLES; i++) {
        in.read(sample.clear(), last / (SAMPLES - 1) * i);
        update(sample.flip(), one, other);
      }
      in.read(sample.clear(), last);
      update(sample.flip(), one, other);
    }
    return HexFormat.of().toHexDigits(one.getValue() << Integer.SIZE | other.getValue());
  }

  private static void update(ByteBuffer sample, CRC32 one, CRC32C other) {
    one.update(sample.duplicate());
    other.update(sample);
  }

  private String compute() throws IOException {
    String file = "here:" + path.toRealPath();
    String before = known.find(file, identity).orElse("");
    if (!before.isEmpty()) {
      return before;
    }
    String sha256 = prefixSha256(Long.MAX_VALUE);
    known.remember(file, isUnchanged() ? identity : "", sha256, size);
    return sha256;
  }

  private static String identity(Path file) {
    try {
      var now = Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime,ctime");
      return "%s:%s:%s:%s:%s"
          .formatted(
              now.get("dev"),
              now.get("ino"),
              now.get("size"),
              now.get("lastModifiedTime"),
              now.get("ctime"));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return "";
    }
  }
}
