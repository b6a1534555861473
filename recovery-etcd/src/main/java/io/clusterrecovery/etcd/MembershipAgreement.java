package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.etcd.EtcdClient.EndpointStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether all voters speak of the same cluster. */
record MembershipAgreement(List<VoterReport> reports) {

  /** Whether what they differ in may be what passes by itself: a change that is still spreading. */
  boolean mayYetCome() {
    return reports.stream().allMatch(VoterReport::isHealthy) && (differ() || leaders() > 1);
  }

  List<Refusal> refusals() {
    List<Refusal> refusals = new ArrayList<>();
    if (distinct(EndpointStatus::clusterId) > 1) {
      refusals.add(
          new Refusal(
              Code.MEMBER_MISMATCH,
              "The voters are not of one cluster: " + told(s -> "cluster " + s.clusterId()) + ".",
              "Stop those of the other cluster, which may be left from before a restore; if they are members, remove them by their ids."));
    }
    if (differ()) {
      refusals.add(disagree());
    }
    if (leaders() > 1) {
      refusals.add(
          unhealthy("The voters do not follow one leader: " + told(s -> "leader " + s.leader())));
    }
    return refusals;
  }

  private boolean differ() {
    return healthy().stream().map(r -> new HashSet<>(r.members())).distinct().count() > 1;
  }

  private long leaders() {
    return healthy().stream()
        .flatMap(r -> r.status().stream())
        .map(EndpointStatus::leader)
        .distinct()
        .count();
  }

  private List<VoterReport> healthy() {
    return reports.stream().filter(VoterReport::isHealthy).toList();
  }

  private long distinct(Function<EndpointStatus, String> what) {
    return reports.stream().flatMap(r -> r.status().stream()).map(what).distinct().count();
  }

  private String told(Function<EndpointStatus, String> what) {
    return reports.stream()
        .flatMap(r -> r.status().map(s -> r.voter().label() + " says " + what.apply(s)).stream())
        .collect(Collectors.joining("; "));
  }

  private Refusal disagree() {
    List<String> lists =
        healthy().stream().map(r -> r.voter().label() + " lists " + labels(r.members())).toList();
    return unhealthy("The voters do not list the same members: " + String.join("; ", lists));
  }

  private static Refusal unhealthy(String found) {
    return new Refusal(
        Code.MEMBERSHIP_UNHEALTHY,
        found + ".",
        "Wait until they agree; if they never do, they are not one cluster.");
  }

  private static String labels(List<EtcdMember> members) {
    return String.join(", ", members.stream().map(EtcdMember::label).toList());
  }
}
