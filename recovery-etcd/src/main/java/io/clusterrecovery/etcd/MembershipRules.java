package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.etcd.MemberStarter.Stage;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Whether members may be added: pure functions of what every voter reports.
 *
 * <p>Nothing is added while a voter is unhealthy, while voters disagree, or while a member that
 * nobody asked for is unstarted or learning.
 */
final class MembershipRules {
  private final List<VoterReport> reports;
  private final List<MemberToAdd> wanted;
  private final List<EtcdMember> members;

  private MembershipRules(List<VoterReport> reports, List<MemberToAdd> wanted) {
    this.reports = reports;
    this.wanted = wanted;
    this.members =
        reports.stream()
            .map(VoterReport::members)
            .filter(list -> !list.isEmpty())
            .findFirst()
            .orElse(List.of());
  }

  static List<Refusal> refusals(List<VoterReport> reports, List<MemberToAdd> wanted) {
    return new MembershipRules(reports, wanted).refusals();
  }

  /** Whether voters that are all healthy list different members. */
  static boolean differ(List<VoterReport> reports) {
    return reports.stream().allMatch(r -> r.health() == VoterReport.Health.HEALTHY)
        && reports.stream().map(r -> new HashSet<>(r.members())).distinct().count() > 1;
  }

  /** How far a member has come, by the member list. */
  static Stage stage(List<EtcdMember> members, MemberToAdd wanted) {
    return byPeerUrl(members, wanted.peerUrl())
        .map(
            m -> {
              if (!m.started()) {
                return Stage.UNSTARTED;
              }
              return m.votes() ? Stage.VOTER : Stage.LEARNER;
            })
        .orElse(Stage.NEW);
  }

  static Optional<EtcdMember> byPeerUrl(List<EtcdMember> members, URI peerUrl) {
    return members.stream().filter(m -> m.peerUrls().contains(peerUrl)).findFirst();
  }

  private List<Refusal> refusals() {
    List<Refusal> refusals = new ArrayList<>();
    reports.stream()
        .filter(r -> r.health() != VoterReport.Health.HEALTHY)
        .forEach(r -> refusals.add(unhealthy(r)));
    if (differ(reports)) {
      refusals.add(disagree());
    }
    members.stream()
        .filter(m -> !m.started() || !m.votes())
        .filter(m -> wanted.stream().noneMatch(w -> m.peerUrls().contains(w.peerUrl())))
        .forEach(m -> refusals.add(inFlight(m)));
    wanted.forEach(w -> identity(w).ifPresent(refusals::add));
    return refusals;
  }

  private Optional<Refusal> identity(MemberToAdd add) {
    Optional<EtcdMember> sameName =
        members.stream().filter(m -> m.name().equals(add.name())).findFirst();
    Optional<EtcdMember> sameUrl = byPeerUrl(members, add.peerUrl());
    if (sameName.isPresent() && !sameName.equals(sameUrl)) {
      return Optional.of(taken(add, sameName.get(), "has the peer URLs"));
    }
    return sameUrl
        .filter(m -> m.started() && !m.name().equals(add.name()))
        .map(m -> taken(add, m, "is another member at"));
  }

  private static Refusal taken(MemberToAdd add, EtcdMember by, String how) {
    return new Refusal(
        Code.MEMBER_ALREADY_THERE,
        "'%s' cannot be added at %s: member '%s' %s %s."
            .formatted(add.name(), add.peerUrl(), by.name(), how, by.peerUrls()),
        "Remove the dead member first, or correct name and URL.");
  }

  private static Refusal unhealthy(VoterReport report) {
    return new Refusal(
        Code.MEMBERSHIP_UNHEALTHY,
        "Voter %s is not healthy: %s.".formatted(report.voter().label(), report.detail()),
        "Bring it back, or remove it if it is gone for good, before anything is added.");
  }

  private Refusal disagree() {
    List<String> lists =
        reports.stream().map(r -> r.voter().label() + " lists " + labels(r.members())).toList();
    return new Refusal(
        Code.MEMBERSHIP_UNHEALTHY,
        "The voters do not list the same members: " + String.join("; ", lists) + ".",
        "Wait until they agree; if they never do, they are not one cluster.");
  }

  private static Refusal inFlight(EtcdMember member) {
    return new Refusal(
        Code.MEMBERSHIP_UNHEALTHY,
        "Member %s at %s is %s, and was not asked for."
            .formatted(
                member.label(),
                member.peerUrls(),
                member.started() ? "still a learner" : "added but never started"),
        "Remove it by its id %s, or add it with add(…).".formatted(member.id()));
  }

  private static String labels(List<EtcdMember> members) {
    return String.join(", ", members.stream().map(EtcdMember::label).toList());
  }
}
