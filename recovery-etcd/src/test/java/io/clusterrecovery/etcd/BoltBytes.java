package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;

/** Writes small bbolt databases by hand, well-formed or not; bbolt's page.go has the layout. */
final class BoltBytes {
  static final int PAGE = 4096;
  private static final int PAGES = 4;
  private static final int BRANCH = 1;
  private static final int LEAF = 2;
  private static final int META = 4;
  private static final int ROOT = 2;
  private static final int MEMBERS = 3;

  private final ByteBuffer bytes = ByteBuffer.allocate(PAGES * PAGE).order(ByteOrder.LITTLE_ENDIAN);

  private BoltBytes() {}

  /** An etcd database without keys. */
  static byte[] etcd(Map<String, String> membersById) {
    return database(Map.of("key", 0L, "members", (long) MEMBERS), membersById);
  }

  static byte[] database(Map<String, Long> buckets, Map<String, String> membersById) {
    BoltBytes bolt = new BoltBytes();
    bolt.meta(0, 7);
    bolt.meta(1, 6);
    bolt.header(ROOT, LEAF, buckets.size());
    int element = ROOT * PAGE + 16;
    int data = element + 16 * buckets.size();
    for (Map.Entry<String, Long> bucket : new TreeMap<>(buckets).entrySet()) {
      byte[] value =
          ByteBuffer.allocate(32)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(0, bucket.getValue())
              .putShort(24, (short) LEAF)
              .array();
      data = bolt.leaf(element, data, 1, bucket.getKey(), value);
      element += 16;
    }
    bolt.members(membersById);
    return bolt.bytes.array();
  }

  /** An etcd database whose member list is a page that points to itself over and over. */
  static byte[] looping(int fanOut) {
    BoltBytes bolt = new BoltBytes();
    bolt.bytes.put(0, etcd(Map.of()));
    bolt.header(MEMBERS, BRANCH, fanOut);
    for (int i = 0; i < fanOut; i++) {
      bolt.bytes.putLong(MEMBERS * PAGE + 16 + i * 16 + 8, MEMBERS);
    }
    return bolt.bytes.array();
  }

  /** Appends the SHA-256, as {@code snapshot save} does. */
  static byte[] withTrailer(byte[] database) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(database);
    all.write(MessageDigest.getInstance("SHA-256").digest(database));
    return all.toByteArray();
  }

  static String member(String name, String host) {
    return """
        {"id":1,"peerURLs":["https://%2$s:2380"],"name":"%1$s","clientURLs":["http://%2$s:1"]}"""
        .formatted(name, host);
  }

  private void members(Map<String, String> byId) {
    header(MEMBERS, LEAF, byId.size());
    int element = MEMBERS * PAGE + 16;
    int data = element + 16 * byId.size();
    for (Map.Entry<String, String> member : new TreeMap<>(byId).entrySet()) {
      data = leaf(element, data, 0, member.getKey(), member.getValue().getBytes(UTF_8));
      element += 16;
    }
  }

  private int leaf(int element, int data, int flags, String key, byte[] value) {
    byte[] name = key.getBytes(UTF_8);
    bytes.putInt(element, flags);
    bytes.putInt(element + 4, data - element);
    bytes.putInt(element + 8, name.length);
    bytes.putInt(element + 12, value.length);
    bytes.put(data, name);
    bytes.put(data + name.length, value);
    return data + name.length + value.length;
  }

  private void header(int page, int kind, int count) {
    bytes.putLong(page * PAGE, page);
    bytes.putShort(page * PAGE + 8, (short) kind);
    bytes.putShort(page * PAGE + 10, (short) count);
  }

  private void meta(int page, long transaction) {
    header(page, META, 0);
    int at = page * PAGE + 16;
    bytes.putInt(at, 0xED0CDAED);
    bytes.putInt(at + 4, 2);
    bytes.putInt(at + 8, PAGE);
    bytes.putLong(at + 16, ROOT);
    bytes.putLong(at + 40, PAGES);
    bytes.putLong(at + 48, transaction);
    bytes.putLong(at + 56, fnv(at, 56));
  }

  private long fnv(int from, int length) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < length; i++) {
      hash = (hash ^ Byte.toUnsignedLong(bytes.get(from + i))) * 0x100000001b3L;
    }
    return hash;
  }
}
