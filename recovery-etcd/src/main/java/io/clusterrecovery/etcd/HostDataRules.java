package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.etcd.MemberStarter.JoiningMember;
import java.util.Optional;

/**
 * Whether a host's etcd data is the new member's own, old, or something that must not be touched: a
 * pure function of what was seen. Data of a listed member is never called old, so that no voter is
 * ever wiped; data of the same cluster whose member is not listed is, as what {@code
 * --force-new-cluster} and an undone add leave.
 */
record HostDataRules(JoiningMember joining, HostData data, boolean running) {

  /** What is to become of the data. */
  sealed interface Verdict {

    /** There is none, or it is the member's own: it is started with what is there. */
    record Fresh() implements Verdict {}

    /** It is moved out of the way; the words say whose it is. */
    record Old(String whose) implements Verdict {}

    /** The member is not started. */
    record Refused(Refusal why) implements Verdict {}
  }

  Verdict verdict() {
    if (data instanceof HostData.Of of) {
      Optional<EtcdMember> listed = listed(of.owner());
      if (listed.isPresent()) {
        return ofMember(listed.get());
      }
      String whose =
          "data of member %s of cluster %s"
              .formatted(of.owner().memberId(), of.owner().clusterId());
      return running ? refused("runs etcd with " + whose) : new Verdict.Old(whose);
    }
    if (data instanceof HostData.Unreadable unreadable) {
      return refused(
          "holds etcd data already, and whose it is cannot be told, since " + unreadable.why());
    }
    return running ? refused("runs etcd already, without data") : new Verdict.Fresh();
  }

  private Optional<EtcdMember> listed(WalHead owner) {
    boolean sameCluster =
        joining.clusterId().isEmpty() || owner.clusterId().equals(joining.clusterId());
    return joining.members().stream()
        .filter(m -> sameCluster && m.id().equals(owner.memberId()))
        .findFirst();
  }

  private Verdict ofMember(EtcdMember listed) {
    boolean itself =
        listed.peerUrls().contains(joining.peerUrl())
            && (!listed.started() || listed.name().equals(joining.name()))
            && !(listed.votes() && listed.started());
    return itself
        ? new Verdict.Fresh()
        : refused(
            "holds the data of member %s (%s), which the cluster lists"
                .formatted(listed.label(), listed.id()));
  }

  private Verdict refused(String found) {
    return new Verdict.Refused(
        new Refusal(
            Code.MEMBER_ALREADY_THERE,
            "%s was to become the new member %s, but it %s."
                .formatted(joining.host().name(), joining.name(), found),
            "Make sure that it is the right host; if what it holds is old, stop etcd there and move"
                + " its data directory aside."));
  }
}
