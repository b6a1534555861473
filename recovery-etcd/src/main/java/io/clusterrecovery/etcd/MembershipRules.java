package io.clusterrecovery.etcd;

import io.clusterrecovery.Refusal;
import io.clusterrecovery.etcd.MemberStarter.Stage;
import io.clusterrecovery.etcd.VoterReport.Health;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Reasons not to change a cluster's membership: pure functions of what every voter reports.
 *
 * <p>Nothing is added while a voter is unhealthy or lags, while voters disagree, or while a member
 * that nobody asked for is unstarted or learning. Nothing at all is changed without quorum.
 */
final class MembershipRules {
  /** Behind by more, a member of etcd is sent a whole snapshot instead of what it lacks. */
  private static final long MOST_LAG = 5000;

  private final List<VoterReport> reports;
  private final List<MemberToAdd> wanted;
  private final List<EtcdMember> members;
  private final MembershipWords words;

  MembershipRules(List<VoterReport> reports, List<MemberToAdd> wanted) {
    this.reports = reports;
    this.wanted = wanted;
    this.members = members(reports);
    this.words = new MembershipWords(members);
  }

  /** The members as the first voter that answers lists them. */
  static List<EtcdMember> members(List<VoterReport> reports) {
    return reports.stream()
        .map(VoterReport::members)
        .filter(list -> !list.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /** How far a member has come, by the member list; one that is to be replaced does not count. */
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

  /** Failed members that are to be replaced: those that show no sign of life. */
  List<EtcdMember> dead() {
    return members.stream()
        .filter(m -> wanted.stream().anyMatch(w -> w.replaces(m) && !isTheNewOne(w, m)))
        .filter(m -> health(m) == Health.SILENT)
        .toList();
  }

  /** A new member of the same name and URL: as a member in flight, or as a voter that lives. */
  private boolean isTheNewOne(MemberToAdd each, EtcdMember member) {
    boolean inFlight = !member.started() || !member.votes();
    return each.isListedAs(member) && (inFlight || health(member) != Health.SILENT);
  }

  private Health health(EtcdMember member) {
    return reports.stream()
        .filter(r -> r.voter().id().equals(member.id()))
        .findFirst()
        .map(VoterReport::health)
        .orElse(Health.SILENT);
  }

  /** Why nothing may be changed; then everything else that is in the way is told, too. */
  List<Refusal> againstAnything() {
    List<Refusal> refusals = new ArrayList<>(new MembershipAgreement(reports).refusals());
    wanted.forEach(w -> identity(w).ifPresent(refusals::add));
    wanted.forEach(w -> replaced(w).ifPresent(refusals::add));
    if (refusals.isEmpty() && (hasQuorum() || lacksWhatIsToStart())) {
      return List.of();
    }
    List<Refusal> besides = againstGrowth();
    if (refusals.isEmpty() && besides.isEmpty()) {
      return List.of(words.withoutQuorum());
    }
    return Stream.concat(refusals.stream(), besides.stream()).toList();
  }

  boolean hasQuorum() {
    return reports.stream().filter(VoterReport::isHealthy).count() >= needed();
  }

  /** Why no member may be added or promoted. */
  List<Refusal> againstGrowth() {
    List<Refusal> refusals = new ArrayList<>(againstVoters());
    refusals.addAll(inFlight());
    return refusals;
  }

  /** Members in flight that nobody asked for. */
  List<Refusal> inFlight() {
    List<EtcdMember> dead = dead();
    return members.stream()
        .filter(m -> !m.started() || !m.votes())
        .filter(m -> wanted.stream().noneMatch(w -> w.isListedAs(m)) && !dead.contains(m))
        .map(words::inFlight)
        .toList();
  }

  /** Why the voters that there are cannot be relied upon. */
  List<Refusal> againstVoters() {
    List<Refusal> refusals = new ArrayList<>();
    List<EtcdMember> dead = dead();
    boolean awaited = lacksWhatIsToStart();
    reports.stream()
        .filter(r -> !r.isHealthy() && !dead.contains(r.voter()) && !isToStart(r.voter()))
        .filter(r -> !(awaited && r.health() == Health.WITHOUT_QUORUM))
        .forEach(r -> refusals.add(words.unhealthy(r)));
    reports.stream()
        .filter(this::lags)
        .forEach(r -> refusals.add(words.lagging(r, furthest() - index(r))));
    return refusals;
  }

  /** Where etcd has no learners, the one member left waits for the second, which was added. */
  private boolean lacksWhatIsToStart() {
    long answer = reports.stream().filter(r -> r.health() != Health.SILENT).count();
    return reports.stream().anyMatch(r -> isToStart(r.voter())) && answer + 1 >= needed();
  }

  private boolean isToStart(EtcdMember member) {
    return !member.started() && wanted.stream().anyMatch(w -> w.isListedAs(member));
  }

  private boolean lags(VoterReport report) {
    return report.status().isPresent()
        && report.isHealthy()
        && furthest() - index(report) > MOST_LAG;
  }

  private long furthest() {
    return reports.stream().mapToLong(MembershipRules::index).max().orElse(0);
  }

  private static long index(VoterReport report) {
    return report.status().map(EtcdClient.EndpointStatus::raftIndex).orElse(0L);
  }

  private int needed() {
    return new Quorum((int) members.stream().filter(EtcdMember::votes).count()).needed();
  }

  private Optional<Refusal> identity(MemberToAdd add) {
    List<EtcdMember> dead = dead();
    List<EtcdMember> staying = members.stream().filter(m -> !dead.contains(m)).toList();
    Optional<EtcdMember> sameName =
        staying.stream().filter(m -> m.name().equals(add.name())).findFirst();
    Optional<EtcdMember> sameUrl = byPeerUrl(staying, add.peerUrl());
    if (sameName.isPresent() && !sameName.equals(sameUrl)) {
      return Optional.of(words.taken(add, sameName.get(), "has the peer URLs"));
    }
    return sameUrl
        .filter(m -> m.started() && !m.name().equals(add.name()))
        .map(m -> words.taken(add, m, "is another member at"));
  }

  private Optional<Refusal> replaced(MemberToAdd add) {
    return members.stream()
        .filter(add::replaces)
        .filter(m -> !isTheNewOne(add, m) && health(m) != Health.SILENT)
        .findFirst()
        .map(m -> MembershipWords.alive(m, "its etcd answers"));
  }

  /**
   * Why it is not known who is to be replaced; only asked before anything was removed.
   *
   * @param removedBefore whether an earlier run is known to have removed the one that is replaced
   */
  List<Refusal> againstReplacing(Predicate<MemberToAdd> removedBefore) {
    return wanted.stream()
        .filter(w -> w.replaces().isPresent() && isNew(w) && !canHaveBeenRemoved())
        .filter(w -> members.stream().noneMatch(w::replaces))
        .filter(removedBefore.negate())
        .map(w -> words.unknown(w.replaces().orElseThrow()))
        .toList();
  }

  /**
   * Whether a member that is not listed can have been removed by a run that was interrupted: with
   * every such member, the number of voters is odd, as it should be in a whole cluster.
   */
  private boolean canHaveBeenRemoved() {
    long voters = members.stream().filter(EtcdMember::votes).count();
    long missing =
        wanted.stream()
            .filter(w -> w.replaces().isPresent() && isNew(w))
            .filter(w -> members.stream().noneMatch(w::replaces))
            .count();
    return (voters + missing) % 2 == 1;
  }

  private boolean isNew(MemberToAdd add) {
    return stage(members, add) == Stage.NEW;
  }
}
