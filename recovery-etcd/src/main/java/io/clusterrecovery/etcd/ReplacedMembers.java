package io.clusterrecovery.etcd;

import io.clusterrecovery.Refusal;
import io.clusterrecovery.etcd.MemberEvidence.PeerPort;
import java.util.List;
import java.util.stream.Stream;

/**
 * Failed members that others take the place of. That their client endpoints are silent from here
 * may be a matter of the way there, so their peer ports are asked from the new hosts as well.
 *
 * @param wanted the members that are wanted
 */
record ReplacedMembers(List<MemberToAdd> wanted) {

  /** Why those cannot be called dead. */
  List<Refusal> signsOfLife(List<EtcdMember> dead) {
    return dead.stream().flatMap(this::signOfLife).toList();
  }

  private Stream<Refusal> signOfLife(EtcdMember dead) {
    return wanted.stream()
        .filter(w -> w.replaces(dead))
        .filter(w -> PeerPorts.of(dead, PeerPorts.ask(w.host(), List.of(dead))) == PeerPort.OPEN)
        .map(w -> MembershipWords.alive(dead, "its peer port answers " + w.host().name()));
  }
}
