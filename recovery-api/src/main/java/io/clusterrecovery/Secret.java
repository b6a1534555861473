package io.clusterrecovery;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A password, token or key: it prints masked and is only given out by {@link #reveal()}.
 *
 * <p>Immutable and thread-safe until {@link #close()}, which overwrites it in memory.
 */
public final class Secret implements AutoCloseable {
  private final byte[] bytes;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** {@return a secret holding the UTF-8 bytes of the given text} */
  public static Secret of(String text) {
    return new Secret(text.getBytes(StandardCharsets.UTF_8));
  }

  /** {@return a secret holding a copy of the given bytes} */
  public static Secret of(byte[] bytes) {
    return new Secret(bytes.clone());
  }

  /** {@return a copy of the bytes; the caller must keep it out of logs, arguments and messages} */
  public byte[] reveal() {
    return bytes.clone();
  }

  /** Overwrites the bytes; a later {@link #reveal()} gives zeros. */
  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public String toString() {
    return "***";
  }
}
