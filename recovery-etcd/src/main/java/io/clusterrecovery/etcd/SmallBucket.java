package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The entries of a bucket that is small in every etcd, such as {@code meta} or {@code members}. */
final class SmallBucket implements BoltTree.Visitor {
  private static final int MOST_ENTRIES = 10_000;
  private static final int LARGEST_ENTRY = 1 << 16;
  private static final long MOST_BYTES = 4L << 20;

  private final String name;
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private long bytes;

  SmallBucket(String name) {
    this.name = name;
  }

  @Override
  public void entry(ByteBuffer page, int keyAt, int keySize, int valueSize) {
    bytes += keySize + valueSize;
    boolean small =
        keySize <= LARGEST_ENTRY
            && valueSize <= LARGEST_ENTRY
            && entries.size() < MOST_ENTRIES
            && bytes <= MOST_BYTES;
    if (!small) {
      throw BoltFormatException.corrupt("its bucket '" + name + "' is larger than it can be");
    }
    byte[] key = new byte[keySize];
    byte[] value = new byte[valueSize];
    page.get(keyAt, key).get(keyAt + keySize, value);
    entries.put(new String(key, ISO_8859_1), value);
  }

  /** By key; each byte of a key is a character of the same number. */
  Map<String, byte[]> entries() {
    return entries;
  }

  Optional<byte[]> value(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  Optional<String> text(String key) {
    return value(key).map(bytes -> new String(bytes, ISO_8859_1));
  }

  /** A number of 64 bits, big-endian, or 0. */
  long number(String key) {
    return value(key)
        .filter(bytes -> bytes.length >= Long.BYTES)
        .map(bytes -> ByteBuffer.wrap(bytes).getLong())
        .orElse(0L);
  }
}
