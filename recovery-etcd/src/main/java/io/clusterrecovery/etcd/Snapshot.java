package io.clusterrecovery.etcd;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.StepFailedException;
import io.clusterrecovery.TimedOutException;
import java.nio.file.Path;
import java.util.List;

/**
 * An etcd snapshot file that was proven whole as far as it allows: its checksum trailer compared
 * with every byte before it, both meta pages and the structure of every page checked, and its
 * buckets read.
 *
 * <p>Source of the format: bbolt's {@code page.go}, {@code meta.go} and {@code tx_check.go}; etcd
 * appends the SHA-256 of the database to it ({@code etcdutl/snapshot/v3_snapshot.go}).
 *
 * @param file where it is
 * @param size its length in bytes, trailer included
 * @param sha256 the digest of the whole file, in lower-case hexadecimal
 * @param checksum whether it carries a trailer
 * @param contents what its database holds
 */
public record Snapshot(
    Path file, long size, String sha256, Checksum checksum, SnapshotContents contents) {

  /** Whether a file carries its own checksum. */
  public enum Checksum {
    /** It does, and it matches every byte: taken by {@code snapshot save}. */
    MATCHES,
    /** It does not, as a copied {@code member/snap/db} does not: flipped bits cannot be noticed. */
    ABSENT
  }

  /**
   * Inspects a snapshot file.
   *
   * <ol>
   *   <li>Opens it read-only.
   *   <li>Checks both meta pages; then, at the same time:
   *   <li>hashes every byte, and compares with the trailer, if there is one;
   *   <li>walks every page of the database: kind, bounds, order of keys, each reached once; and
   *       reads the buckets.
   *   <li>Looks whether the file has changed meanwhile.
   * </ol>
   *
   * <p>Its memory does not grow with the file: less than 64 MiB of heap. Its time does, in
   * proportion; a database of more than 750,000 keys is walked more than once.
   *
   * @param file a file from {@code snapshot save}, or a copy of {@code member/snap/db} of an etcd
   *     that was stopped: that has no trailer, so only its structure can be checked
   * @throws RefusedException if it cannot be read, is empty, cut short, corrupt, no etcd database,
   *     or was changed while it was read; or if the thread was interrupted
   */
  public static Snapshot inspect(Path file) {
    return SnapshotInspection.of(requireNonNull(file, "file"), hashed -> {});
  }

  /**
   * Takes a snapshot of what the first endpoint's own member holds; it gives it without quorum too.
   *
   * <ol>
   *   <li>Writes it aside, beside the file, with mode 0600, and to disk.
   *   <li>Inspects it: its checksum must match.
   *   <li>Renames it. There is never half a snapshot under the name.
   * </ol>
   *
   * <p>Gives up when no byte came for 30 seconds.
   *
   * @param cluster whose first endpoint is asked
   * @param file where it shall be; must not be there yet
   * @return the snapshot, as inspected
   * @throws RefusedException if the file is there, cannot be written, or etcd does not give a whole
   *     snapshot; nothing is left behind
   */
  public static Snapshot save(EtcdCluster cluster, Path file) {
    return SnapshotSaving.of(requireNonNull(cluster, "cluster"), requireNonNull(file, "file"));
  }

  /**
   * Compares two databases by what they hold at their newest revisions: what would be lost by going
   * back from the second to the first. Both may be files from {@code snapshot save} or copies of a
   * {@code member/snap/db}; what such a copy does not hold yet since it was only in etcd's log is
   * not seen.
   *
   * <p>Each file is read two times, or more often if it holds more than 390,000 keys; memory does
   * not grow with them, but for the names of {@value SnapshotDiff#MOST_NAMED} objects.
   *
   * @param from the first, as it was inspected
   * @param to the second
   * @throws RefusedException if one of them is no longer what it was when it was inspected, or the
   *     thread was interrupted
   */
  public static SnapshotDiff diff(Snapshot from, Snapshot to) {
    return SnapshotComparison.of(requireNonNull(from, "from"), requireNonNull(to, "to"));
  }

  /**
   * Restores it into a scratch directory on a host and starts it there on ports of the loopback
   * address, to prove it before it is needed: see {@link SnapshotRehearsal}, which has settings
   * besides.
   *
   * @param host where to rehearse; its own etcd is not touched, nothing stays behind
   * @throws RefusedException if the file is not what it was or the host lacks what it takes;
   *     nothing was changed
   * @throws StepFailedException if the tool or etcd fails on it, or what etcd serves is not what
   *     was inspected
   * @throws TimedOutException if etcd does not serve it in time
   */
  public RehearsalResult rehearse(RemoteHost host) {
    return SnapshotRehearsal.on(host).fromSnapshot(file).build().rehearse();
  }

  /** {@return the members of the cluster it was taken from, as it names them} */
  public List<EtcdMember> members() {
    return contents.members();
  }

  @Override
  public String toString() {
    return "snapshot %s, %d bytes, checksum %s, revision %d, %d keys, members %s"
        .formatted(
            file,
            size,
            checksum,
            contents.revision(),
            contents.keys(),
            String.join(", ", members().stream().map(EtcdMember::label).toList()));
  }
}
