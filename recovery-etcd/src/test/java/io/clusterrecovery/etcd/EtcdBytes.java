package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.clusterrecovery.etcd.BoltWriter.Element;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes etcd databases with keys, some revisions to a leaf page, all under one branch. */
final class EtcdBytes {
  private static final int PER_LEAF = 8;

  private final List<Element> revisions = new ArrayList<>();
  private final List<Element> meta = new ArrayList<>();
  private final List<Element> alarms = new ArrayList<>();
  private int pageSize = BoltBytes.PAGE;

  EtcdBytes put(long revision, String key, byte[] value) {
    byte[] stored =
        new ProtobufBytes()
            .text(1, key)
            .number(2, revision)
            .number(3, revision)
            .number(4, 1)
            .bytes(5, value)
            .done();
    revisions.add(Element.entry(revision(revision, ""), stored));
    return this;
  }

  EtcdBytes put(long revision, String key, String value) {
    return put(revision, key, value.getBytes(UTF_8));
  }

  EtcdBytes delete(long revision, String key) {
    revisions.add(Element.entry(revision(revision, "t"), new ProtobufBytes().text(1, key).done()));
    return this;
  }

  /** What etcdutl's --bump-revision writes. */
  EtcdBytes bump(long revision) {
    revisions.add(Element.entry(revision(revision, ""), new byte[0]));
    return this;
  }

  /** To be called in the order of the keys. */
  EtcdBytes meta(String key, byte[] value) {
    meta.add(Element.entry(key, value));
    return this;
  }

  EtcdBytes alarm(byte[] message) {
    alarms.add(Element.entry(message, new byte[0]));
    return this;
  }

  EtcdBytes pageSize(int bytes) {
    this.pageSize = bytes;
    return this;
  }

  byte[] done() {
    BoltWriter bolt = new BoltWriter(pageSize);
    Element key = Element.inline("key");
    List<Element> leaves = new ArrayList<>();
    for (int i = 0; i < revisions.size(); i += PER_LEAF) {
      List<Element> some = revisions.subList(i, Math.min(i + PER_LEAF, revisions.size()));
      leaves.add(Element.child(some.get(0).key(), bolt.leaf(some.toArray(Element[]::new))));
    }
    if (!leaves.isEmpty()) {
      key = Element.bucket("key", bolt.branch(leaves.toArray(Element[]::new)));
    }
    Map<String, String> members = Map.of("8e9e05c52164694d", BoltBytes.member("m0", "m0.test"));
    long root =
        bolt.leaf(
            Element.inline("alarm", alarms.toArray(Element[]::new)),
            Element.inline("cluster", Element.entry("clusterVersion", "3.5.0".getBytes(UTF_8))),
            key,
            Element.inline("members", BoltBytes.entries(members)),
            Element.inline("members_removed", Element.entry("a1", "removed".getBytes(UTF_8))),
            Element.inline("meta", meta.toArray(Element[]::new)));
    return bolt.finish(root, BoltWriter.NO_FREELIST);
  }

  static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  static byte[] revision(long main, String mark) {
    return ByteBuffer.allocate(17 + mark.length())
        .putLong(main)
        .put((byte) '_')
        .putLong(0)
        .put(mark.getBytes(ISO_8859_1))
        .array();
  }
}
