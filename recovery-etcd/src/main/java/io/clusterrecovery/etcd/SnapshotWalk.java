package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.clusterrecovery.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** Walks every page of an etcd database, and reads what its buckets hold. */
final class SnapshotWalk {
  private static final String KEY = "key";
  private static final String MEMBERS = "members";
  private static final List<String> SMALL =
      List.of("meta", MEMBERS, "members_removed", "cluster", "alarm");

  private final BoltFile file;
  private final BoltPages pages;
  private final CRC32C crc = new CRC32C();
  private final KeySpace keySpace = new KeySpace();
  private final Map<String, SmallBucket> small = new HashMap<>();

  private SnapshotWalk(BoltFile file) {
    this.file = file;
    this.pages = new BoltPages(file);
    SMALL.forEach(name -> small.put(name, new SmallBucket(name)));
  }

  static SnapshotContents of(BoltFile file) throws IOException {
    return new SnapshotWalk(file).contents();
  }

  private SnapshotContents contents() throws IOException {
    List<BoltBucket> buckets = BoltBucket.all(file, pages);
    BoltBucket keys = keys(buckets);
    for (BoltBucket bucket : buckets) {
      crc.update(bucket.name().getBytes(UTF_8));
      bucket.walk(pages, new Hashed(crc, visitor(bucket.name())));
    }
    pages.readFreelist();
    keySpace.seeRest(file, keys);
    return contents(file.meta());
  }

  private static BoltBucket keys(List<BoltBucket> buckets) {
    BoltBucket keys =
        BoltBucket.named(KEY, buckets)
            .orElseThrow(
                () ->
                    new BoltFormatException(
                        Code.SNAPSHOT_NOT_ETCD,
                        "it is a database, but not one of etcd: it has no bucket 'key'"));
    if (BoltBucket.named(MEMBERS, buckets).isEmpty()) {
      throw BoltFormatException.corrupt("it has no bucket 'members'");
    }
    return keys;
  }

  private BoltTree.Visitor visitor(String bucket) {
    if (bucket.equals(KEY)) {
      return keySpace::see;
    }
    SmallBucket kept = small.get(bucket);
    return kept == null ? (page, at, key, value) -> {} : kept;
  }

  private SnapshotContents contents(BoltMeta bolt) {
    SmallBucket meta = small("meta");
    return new SnapshotContents(
        bolt.pages() * bolt.pageSize(),
        Long.toHexString(crc.getValue()),
        keySpace.revision(),
        keySpace.keys(),
        Math.max(meta.number("scheduledCompactRev"), meta.number("finishedCompactRev")),
        keySpace.raised(),
        meta.number("consistent_index"),
        meta.number("term"),
        meta.text("storageVersion"),
        small("cluster").text("clusterVersion"),
        SnapshotMembers.of(small(MEMBERS)),
        List.copyOf(small("members_removed").entries().keySet()),
        SnapshotAlarms.of(small("alarm")),
        keySpace.kubernetes());
  }

  private SmallBucket small(String name) {
    return requireNonNull(small.get(name));
  }

  /** Hashes keys and values of whole pages: bbolt packs them one after the other. */
  private record Hashed(CRC32C crc, BoltTree.Visitor visitor) implements BoltTree.Visitor {
    @Override
    public void leaf(ByteBuffer page, int from, int to) {
      crc.update(page.slice(from, to - from));
    }

    @Override
    public void entry(ByteBuffer page, int keyAt, int keySize, int valueSize) throws IOException {
      visitor.entry(page, keyAt, keySize, valueSize);
    }
  }
}
