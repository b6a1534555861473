package io.clusterrecovery.etcd;

import io.clusterrecovery.RemoteHost;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a host's own etcd database says, read from {@code member/snap/db} page by page: as much as
 * tells which cluster it is of, who its members are, and how far it has come. What was only in
 * etcd's log is not in it yet.
 *
 * @param members the members, as it names them
 * @param identity which Kubernetes cluster it is of, unless that cannot be read
 * @param newest the newest time that its newest revisions hold, if any can be read
 * @param revision its newest revision
 * @param consistentIndex the raft index up to which it was applied
 * @param size its length in bytes
 */
record OwnData(
    List<EtcdMember> members,
    Optional<ClusterIdentity> identity,
    Optional<Instant> newest,
    long revision,
    long consistentIndex,
    long size) {

  private static final int ATTEMPTS = 4;

  /** Copies the list. */
  OwnData {
    members = List.copyOf(members);
  }

  static String path(String dataDirectory) {
    return dataDirectory + "/member/snap/db";
  }

  /**
   * Reads it, four times at most: etcd that is being started writes to it for a moment.
   *
   * @throws IOException if there is none, or it cannot be read, is damaged, or is written to again
   *     and again
   */
  static OwnData read(RemoteHost host, String dataDirectory) throws IOException {
    IOException last = new IOException("it was not looked at");
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        return readOnce(new RemoteBlocks(host, path(dataDirectory)));
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private static OwnData readOnce(RemoteBlocks blocks) throws IOException {
    try {
      OwnData data = read(blocks);
      if (!Arrays.equals(blocks.first(), blocks.firstAgain())) {
        throw new IOException("it is being written to");
      }
      return data;
    } catch (BoltFormatException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Reads it from any source; one of the meta pages may be damaged, as after a power failure. */
  static OwnData read(BoltSource source) throws IOException {
    BoltFile file = BoltFile.open(source, source.size());
    List<BoltBucket> buckets = BoltBucket.all(file, new BoltPages(file));
    KubernetesTally kubernetes = new KubernetesTally();
    bucket("key", buckets).walk(new BoltPages(file), kubernetes.untilIdentified());
    LastRevision last = new LastRevision(kubernetes);
    bucket("key", buckets).walkLast(new BoltPages(file), last);
    return new OwnData(
        SnapshotMembers.of(small("members", buckets, file)),
        kubernetes.identity(),
        kubernetes.newest(),
        last.revision(),
        small("meta", buckets, file).number("consistent_index"),
        source.size());
  }

  private static SmallBucket small(String name, List<BoltBucket> buckets, BoltFile file)
      throws IOException {
    SmallBucket small = new SmallBucket(name);
    bucket(name, buckets).walk(new BoltPages(file), small);
    return small;
  }

  private static BoltBucket bucket(String name, List<BoltBucket> buckets) {
    return BoltBucket.named(name, buckets)
        .orElseThrow(() -> BoltFormatException.corrupt("it has no bucket '" + name + "'"));
  }
}
