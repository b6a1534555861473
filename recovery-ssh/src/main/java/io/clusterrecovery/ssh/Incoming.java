package io.clusterrecovery.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes what a script gives: a reply, then bytes, which go on to another stream. */
final class Incoming extends OutputStream {
  private static final int LONGEST_HEAD = 64 << 10;

  private final OutputStream bytes;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private volatile @Nullable Reply reply;
  private volatile @Nullable IOException failure;

  Incoming(OutputStream bytes) {
    this.bytes = bytes;
  }

  Optional<Reply> reply() {
    return Optional.ofNullable(reply);
  }

  /** {@return what went wrong on this side} */
  @Nullable IOException failure() {
    return failure;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int count) throws IOException {
    try {
      if (reply == null) {
        readHead(from, offset, count);
      } else {
        bytes.write(from, offset, count);
      }
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }

  private void readHead(byte[] from, int offset, int count) throws IOException {
    head.write(from, offset, count);
    Optional<Reply> complete = Reply.parse(head.toByteArray());
    if (complete.isPresent()) {
      Reply got = complete.get();
      reply = got;
      bytes.write(got.payload().array());
    } else if (head.size() > LONGEST_HEAD) {
      throw new IOException("the host sent something else");
    }
  }
}
