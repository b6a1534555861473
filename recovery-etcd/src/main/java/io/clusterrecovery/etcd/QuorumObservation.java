package io.clusterrecovery.etcd;

import io.clusterrecovery.etcd.EtcdClient.EndpointStatus;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of a cluster that is to be restored.
 *
 * @param members what was seen of every member
 * @param status what the survivor's etcd reports, if it answers
 * @param source where the member list is from
 * @param highestRevision the highest revision that any member reports; 0 if none answers
 */
record QuorumObservation(
    List<MemberEvidence> members,
    Optional<EndpointStatus> status,
    Source source,
    long highestRevision) {

  /** Where a member list is from. */
  enum Source {
    /** The survivor's etcd, as it is now. */
    ETCD("the survivor's etcd"),
    /** The survivor's etcd, when this run looked first. */
    THIS_RUN("the survivor's etcd when this run began"),
    /** The survivor's own database, read from its file. */
    OWN_DATA("the survivor's own data, since etcd does not answer"),
    /** The snapshot: members may have come and gone since. */
    SNAPSHOT("the snapshot, since etcd does not answer");

    private final String words;

    Source(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** The members, unless nobody but the snapshot has named them. */
  List<EtcdMember> listed() {
    return source == Source.SNAPSHOT
        ? List.of()
        : members.stream().map(MemberEvidence::member).toList();
  }

  List<String> names() {
    return members.stream().map(m -> m.member().name()).toList();
  }

  Optional<MemberEvidence> named(String name) {
    return members.stream().filter(m -> m.member().isCalled(name)).findFirst();
  }
}
