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
 */
record QuorumObservation(
    List<MemberEvidence> members, Optional<EndpointStatus> status, String source) {

  List<String> names() {
    return members.stream().map(m -> m.member().name()).toList();
  }

  Optional<MemberEvidence> named(String name) {
    return members.stream().filter(m -> m.member().name().equals(name)).findFirst();
  }
}
