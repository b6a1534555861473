package io.clusterrecovery.etcd;

import io.clusterrecovery.Plan;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RemoteHost;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The survivor's own data, or why it is not known. */
sealed interface SurvivorData {

  /** It was read, from that data directory. */
  record Read(OwnData data, String directory) implements SurvivorData {}

  /** It was not; the reason continues "the survivor's own data is not known: …". */
  record Unread(String why) implements SurvivorData {}

  static SurvivorData of(RemoteHost host, RestoreMethod method) {
    try {
      Optional<String> directory = method.dataDirectory(host);
      return directory.isEmpty()
          ? new Unread("where it is cannot be told")
          : new Read(OwnData.read(host, directory.get()), directory.get());
    } catch (IOException | RecoveryException e) {
      return new Unread(String.valueOf(e.getMessage()));
    }
  }

  default List<EtcdMember> members() {
    return this instanceof Read read ? read.data().members() : List.of();
  }

  default Optional<ClusterIdentity> identity() {
    return this instanceof Read read ? read.data().identity() : Optional.empty();
  }

  default Optional<Instant> newest() {
    return this instanceof Read read ? read.data().newest() : Optional.empty();
  }

  /** Its newest revision; 0 if it is not known. */
  default long revision() {
    return this instanceof Read read ? read.data().revision() : 0;
  }

  /** How large its database is, in bytes; 0 if that is not known. */
  default long size() {
    return this instanceof Read read ? read.data().size() : 0;
  }

  /** How far it has come is a note: a survivor that starts anew may still apply its log. */
  default void tell(Plan.Builder plan) {
    if (this instanceof Read read) {
      plan.fact(
          "survivor's cluster",
          identity().map(id -> "kube-system is " + id).orElse("unknown: no kube-system was found"));
      plan.note(
          "The survivor's own data has come to revision %d, raft index %d."
              .formatted(read.data().revision(), read.data().consistentIndex()));
    } else if (this instanceof Unread unread) {
      plan.fact("survivor's cluster", "unknown: its data is not known: " + unread.why());
    }
  }
}
