package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The members of a cluster, as every voter lists them.
 *
 * @param clusterId the cluster's id, in hexadecimal
 * @param members the members, by name
 * @param changed what was changed by this call; empty if all was as wanted
 */
public record Membership(String clusterId, List<EtcdMember> members, List<Change> changed) {

  /** Copies the lists. */
  public Membership {
    members = List.copyOf(members);
    changed = List.copyOf(changed);
  }

  @Override
  public String toString() {
    return "etcd cluster %s, %d of %d members vote%s%s"
        .formatted(
            clusterId,
            voters(),
            members.size(),
            members.stream().map(member -> "\n  " + member).collect(Collectors.joining()),
            Change.lines(changed));
  }

  /** {@return how many voters there are} */
  public int voters() {
    return (int) members.stream().filter(EtcdMember::votes).count();
  }
}
