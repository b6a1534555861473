package io.clusterrecovery.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes a file from a host as it comes: a reply, the bytes, their digest. */
final class Incoming extends OutputStream {
  private static final int LONGEST_HEAD = 64 << 10;

  private final FileChannel to;
  private final SideDigest digest;
  private final TransferWatch watch;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private final ByteArrayOutputStream trailer = new ByteArrayOutputStream();
  private volatile @Nullable Reply reply;
  private volatile @Nullable IOException failure;
  private long left;

  Incoming(FileChannel to, SideDigest digest, TransferWatch watch) {
    this.to = to;
    this.digest = digest;
    this.watch = watch;
  }

  Optional<Reply> reply() {
    return Optional.ofNullable(reply);
  }

  @Nullable IOException failure() {
    return failure;
  }

  /** {@return the digest as the host sent it, after the last byte} */
  String trailer() {
    return trailer.toString(StandardCharsets.US_ASCII);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    try {
      if (reply == null) {
        readHead(bytes, offset, count);
      } else {
        take(bytes, offset, count);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = new IOException("interrupted", e);
      throw new IOException("interrupted", e);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  private void readHead(byte[] bytes, int offset, int count)
      throws IOException, InterruptedException {
    head.write(bytes, offset, count);
    Optional<Reply> complete = Reply.parse(head.toByteArray());
    if (complete.isPresent()) {
      Reply got = complete.get();
      left = got.get("size").isEmpty() ? 0 : got.number("size");
      watch.total(left);
      reply = got;
      take(got.payload().array(), 0, got.payload().size());
    } else if (head.size() > LONGEST_HEAD) {
      throw new IOException("the host sent something else");
    }
  }

  private void take(byte[] bytes, int offset, int count) throws IOException, InterruptedException {
    int at = offset;
    int end = offset + count;
    while (at < end && left > 0) {
      ByteBuffer buffer = digest.take();
      int part = (int) Math.min(Math.min(left, end - at), buffer.remaining());
      buffer.put(bytes, at, part).flip();
      writeAll(buffer.duplicate());
      digest.add(buffer);
      left -= part;
      at += part;
      watch.count(part);
    }
    trailer.write(bytes, at, end - at);
  }

  private void writeAll(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      to.write(buffer);
    }
  }
}
