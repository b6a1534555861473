package io.clusterrecovery.etcd;

import io.clusterrecovery.Plan;
import io.clusterrecovery.Poll;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import io.clusterrecovery.etcd.MemberExpander.ExpansionSettings;
import io.clusterrecovery.etcd.MemberStarter.JoiningMember;
import io.clusterrecovery.etcd.MemberStarter.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Looks at voters and new hosts, and makes the plan of a growth. */
final class ExpansionPreparation {
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(10);
  private static final Duration PACE = Duration.ofMillis(300);

  private final ExpansionSettings settings;
  private final RunContext run;
  private final Plan.Builder plan;
  private boolean rowsAreChecked;

  ExpansionPreparation(ExpansionSettings settings, String operation, RunContext run) {
    this.settings = settings;
    this.run = run;
    this.plan = Plan.of(operation, settings.cluster().toString());
    settings.adds().forEach(a -> a.host().forced().forEach(plan::forced));
  }

  Prepared<Membership> prepared() {
    Optional<List<VoterReport>> reports = look(this::settledReports);
    List<MembershipMove> moves = reports.map(this::moves).orElse(List.of());
    List<MemberGrowth> growths = new ArrayList<>();
    Map<String, String> machines = reports.isPresent() ? machines() : Map.of();
    for (MemberToAdd add : settings.adds()) {
      Stage stage = stage(reports, add);
      if (stage == Stage.NEW || stage == Stage.UNSTARTED) {
        look(() -> identity(add, staying(reports.orElse(List.of())), machines));
      }
      look(() -> growth(add, stage, reports.orElse(List.of()), moves)).ifPresent(growths::add);
    }
    growths.sort(Comparator.comparingInt(g -> g.firstOf(moves)));
    moves.forEach(move -> move.change().ifPresent(plan::change));
    List<MembershipMove.Remove> removals =
        moves.stream()
            .flatMap(m -> m instanceof MembershipMove.Remove r ? Stream.of(r) : Stream.empty())
            .toList();
    return new Prepared<>(
        plan.build(), acting -> new ExpansionAct(settings, removals, growths, acting).result());
  }

  /** What would be done; the last of it may be why nothing is. */
  private List<MembershipMove> moves(List<VoterReport> reports) {
    reports.forEach(r -> plan.fact("voter " + r.voter().label(), r.shown()));
    MembershipRules rules = new MembershipRules(reports, settings.adds());
    rules.againstReplacing(w -> wasReplaced(w, reports)).forEach(plan::refuse);
    look(() -> new ReplacedMembers(settings.adds()).signsOfLife(rules.dead()))
        .ifPresent(signs -> signs.forEach(plan::refuse));
    List<MembershipMove> moves = MembershipForecast.of(reports, settings.adds());
    for (MembershipMove move : moves) {
      if (move instanceof MembershipMove.Refuse refuse) {
        refuse.why().forEach(plan::refuse);
      } else if (move instanceof MembershipMove.Add add && add.role() == EtcdMember.Role.VOTER) {
        noteVoter(add);
      } else if (move instanceof MembershipMove.Complete && moves.size() == 1) {
        rules.inFlight().forEach(why -> plan.note(why.found()));
      }
    }
    return moves;
  }

  private boolean wasReplaced(MemberToAdd add, List<VoterReport> reports) {
    String cluster = VoterReport.clusterId(reports).orElse("");
    return look(() -> ReplacedMember.on(add.host())).stream()
        .flatMap(List::stream)
        .filter(replaced -> replaced.clusterId().equals(cluster))
        .anyMatch(replaced -> add.replaces().filter(replaced::isCalled).isPresent());
  }

  private void noteVoter(MembershipMove.Add add) {
    String name = add.wanted().name();
    plan.note(
        (add.wanted().addedByStarter()
                ? "What starts %s adds it as a voter, which counts for quorum before it is started."
                : "This etcd has no learners, so %s is added as a voter, and counts for quorum before it is started.")
            .formatted(name));
    Quorum after = new Quorum(add.voters() + 1);
    if (add.voters() == 1) {
      plan.note(
          "Until %s has started, the cluster cannot be used: of 2 voters, both are needed. If its host fails there, quorum is lost until it comes back, or the survivor is restored anew."
              .formatted(name));
    } else if (add.voters() == after.needed()) {
      plan.note(
          "Until %s has started, each of the %d voters before it is needed: %s."
              .formatted(name, add.voters(), after));
    }
  }

  /** What cannot be looked at is a reason to refuse, and hides no reason found elsewhere. */
  private <T> Optional<T> look(Supplier<T> source) {
    try {
      return Optional.of(source.get());
    } catch (RefusedException e) {
      e.refusals().forEach(plan::refuse);
    } catch (RecoveryException e) {
      plan.refuse(e.code(), e.found(), e.next());
    }
    return Optional.empty();
  }

  /**
   * Voters learn of a change one after the other: what they differ in is looked at again for a few
   * seconds before it is judged.
   */
  private List<VoterReport> settledReports() {
    MembershipObserver observer = new MembershipObserver(settings.cluster());
    Duration start = run.clock().elapsed();
    return run.await(
        Wait.named("the voters list the same members", SETTLE_LIMIT.multipliedBy(2)).every(PACE),
        () -> {
          List<VoterReport> reports = observer.reports();
          boolean late = run.clock().elapsed().minus(start).compareTo(SETTLE_LIMIT) > 0;
          return late || !new MembershipAgreement(reports).mayYetCome()
              ? Poll.done(reports)
              : Poll.notYet("the voters do not agree");
        });
  }

  /** Where the members are not known, data on a new host may be right, and is not judged. */
  private Stage stage(Optional<List<VoterReport>> reports, MemberToAdd add) {
    if (reports.isEmpty()) {
      return Stage.VOTER;
    }
    Stage stage = MembershipRules.stage(staying(reports.get()), add);
    plan.fact("member " + add.name(), stage.toString());
    return stage;
  }

  private List<EtcdMember> staying(List<VoterReport> reports) {
    List<EtcdMember> dead = new MembershipRules(reports, settings.adds()).dead();
    return MembershipRules.members(reports).stream().filter(m -> !dead.contains(m)).toList();
  }

  /**
   * The machine ids of hosts of members that are there, and, as they are looked at, of new ones.
   */
  private Map<String, String> machines() {
    Map<String, String> machines = new LinkedHashMap<>();
    settings
        .hosts()
        .forEach(
            (name, host) ->
                look(() -> HostIdentity.of(host, List.of()))
                    .ifPresent(seen -> machines.put(name, seen.machineId())));
    return machines;
  }

  private HostIdentity identity(
      MemberToAdd add, List<EtcdMember> staying, Map<String, String> machines) {
    HostIdentity host = HostIdentity.of(add.host(), staying);
    new HostIdentityRules(machines).refusals(add, host, staying).forEach(plan::refuse);
    if (!rowsAreChecked) {
      new MemberRows(staying, host.resolved()).refusals().forEach(plan::refuse);
      certificates(add.host(), staying);
      rowsAreChecked = true;
    }
    machines.put(add.name(), host.machineId());
    return host;
  }

  private void certificates(RemoteHost from, List<EtcdMember> staying) {
    PeerCertificateRules rules =
        new PeerCertificateRules(new PeerCertificateLook(from).at(staying));
    rules.refusals().forEach(plan::refuse);
    rules.notes().forEach(plan::note);
  }

  private MemberGrowth growth(
      MemberToAdd add, Stage stage, List<VoterReport> reports, List<MembershipMove> moves) {
    JoiningMember joining = JoiningMember.of(add, stage, reports);
    MemberStarter.Start start = settings.starter().prepareStart(joining, run, plan);
    start.clearing().ifPresent(plan::change);
    return MemberGrowth.of(add, stage, start, moves);
  }
}
