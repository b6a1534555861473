package io.clusterrecovery.etcd;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.RefusedException;
import java.nio.file.Path;
import java.util.List;

/**
 * An etcd snapshot file that was proven whole as far as it allows: its checksum trailer compared
 * with every byte before it, both meta pages checked, and its member list read.
 *
 * <p>Source of the format: bbolt's {@code page.go} and {@code meta.go}; etcd appends the SHA-256 of
 * the database to it ({@code etcdutl/snapshot/v3_snapshot.go}).
 *
 * @param file where it is
 * @param size its length in bytes, trailer included
 * @param sha256 the digest of the whole file, in lower-case hexadecimal
 * @param checksum whether it carries a trailer
 * @param members the members of the cluster it was taken from, as it names them
 */
public record Snapshot(
    Path file, long size, String sha256, Checksum checksum, List<EtcdMember> members) {

  /** Whether a file carries its own checksum. */
  public enum Checksum {
    /** It does, and it matches every byte: taken by {@code snapshot save}. */
    MATCHES,
    /** It does not, as a copied {@code member/snap/db} does not: flipped bits cannot be noticed. */
    ABSENT
  }

  /** Copies the list. */
  public Snapshot {
    members = List.copyOf(members);
  }

  /**
   * Inspects a snapshot file, opened read-only and read twice at most, in constant memory.
   *
   * @throws RefusedException if it cannot be read, is empty, cut short, corrupt, or no etcd
   *     database
   */
  public static Snapshot inspect(Path file) {
    return SnapshotInspection.of(requireNonNull(file, "file"));
  }

  @Override
  public String toString() {
    return "snapshot %s, %d bytes, checksum %s, members %s"
        .formatted(
            file,
            size,
            checksum,
            String.join(", ", members.stream().map(EtcdMember::label).toList()));
  }
}
