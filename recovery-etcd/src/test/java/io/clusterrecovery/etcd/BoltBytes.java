package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clusterrecovery.etcd.BoltWriter.Element;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Small etcd databases without keys, well-formed or not. */
final class BoltBytes {
  static final int PAGE = 4096;

  private BoltBytes() {}

  /** An etcd database without keys. */
  static byte[] etcd(Map<String, String> membersById) {
    BoltWriter bolt = new BoltWriter(PAGE);
    long members = bolt.leaf(entries(membersById));
    long root = bolt.leaf(Element.inline("key"), Element.bucket("members", members));
    return bolt.finish(root, BoltWriter.NO_FREELIST);
  }

  /** A database with those buckets, each empty. */
  static byte[] withBuckets(String... names) {
    BoltWriter bolt = new BoltWriter(PAGE);
    Element[] buckets = Arrays.stream(names).sorted().map(Element::inline).toArray(Element[]::new);
    return bolt.finish(bolt.leaf(buckets), BoltWriter.NO_FREELIST);
  }

  /** An etcd database whose member list is a page that points to itself over and over. */
  static byte[] looping(int fanOut) {
    BoltWriter bolt = new BoltWriter(PAGE);
    long self = bolt.next();
    bolt.branch(
        IntStream.range(0, fanOut)
            .mapToObj(i -> Element.child("%04d".formatted(i).getBytes(UTF_8), self))
            .toArray(Element[]::new));
    long root = bolt.leaf(Element.inline("key"), Element.bucket("members", self));
    return bolt.finish(root, BoltWriter.NO_FREELIST);
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
    {"id":1,"peerURLs":["https://%2$s:2380"],"name":"%1$s","clientURLs":["http://%2$s:1"]}\
    """
        .formatted(name, host);
  }

  static Element[] entries(Map<String, String> byKey) {
    return new TreeMap<>(byKey)
        .entrySet().stream()
            .map(e -> Element.entry(e.getKey(), e.getValue().getBytes(UTF_8)))
            .toArray(Element[]::new);
  }
}
