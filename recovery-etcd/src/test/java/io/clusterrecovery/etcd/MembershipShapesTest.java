package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.etcd.MembershipMove.Add;
import io.clusterrecovery.etcd.MembershipMove.Complete;
import io.clusterrecovery.etcd.MembershipMove.Promote;
import io.clusterrecovery.etcd.MembershipMove.Refuse;
import io.clusterrecovery.etcd.MembershipMove.Remove;
import io.clusterrecovery.etcd.MembershipMove.Start;
import io.clusterrecovery.etcd.MembershipShapes.Kind;
import io.clusterrecovery.etcd.MembershipShapes.Shape;
import io.clusterrecovery.etcd.VoterReport.Health;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What must hold for every move in every cluster of up to seven members. */
class MembershipShapesTest {
  private static final int SHAPES = 19_000;

  @Test
  void next_everyShape_neverBetsQuorum() {
    AtomicInteger shapes = new AtomicInteger();
    AtomicInteger moves = new AtomicInteger();
    MembershipShapes.all()
        .forEach(
            shape -> {
              shapes.incrementAndGet();
              moves.addAndGet(walk(shape));
            });

    assertThat(shapes.get()).isGreaterThan(SHAPES);
    assertThat(moves.get()).isGreaterThan(shapes.get() / 10);
  }

  @Test
  void next_everyShape_isCompletedUnlessSomethingIsInTheWay() {
    MembershipShapes.all()
        .forEach(
            shape -> {
              List<MembershipMove> moves = MembershipForecast.of(shape.reports(), shape.wanted());
              MembershipMove last = moves.get(moves.size() - 1);
              assertThat(last)
                  .as("%s: %s", shape, moves)
                  .isInstanceOf(hasAnObstacle(shape, moves) ? Refuse.class : Complete.class);
            });
  }

  /** Follows the decisions to their end, and gives how many moves there were. */
  private static int walk(Shape shape) {
    List<VoterReport> now = shape.reports();
    int moves = 0;
    MembershipMove move = MembershipDecision.next(now, shape.wanted());
    while (move.change().isPresent()) {
      moves++;
      assertThat(moves).as(shape.toString()).isLessThan(40);
      check(shape, now, move);
      now = MembershipForecast.after(move, now);
      move = MembershipDecision.next(now, shape.wanted());
    }
    if (move instanceof Refuse refuse) {
      assertThat(refuse.why()).as(shape.toString()).isNotEmpty();
    }
    return moves;
  }

  private static void check(Shape shape, List<VoterReport> before, MembershipMove move) {
    String what = shape + ": " + move;
    List<VoterReport> after = MembershipForecast.after(move, before);
    if (!(move instanceof Start)) {
      assertThat(up(before)).as(what).isGreaterThanOrEqualTo(needed(before));
      assertThat(up(after)).as(what).isGreaterThanOrEqualTo(needed(after));
    }
    if (move instanceof Remove remove) {
      assertThat(health(remove.member(), before)).as(what).isNotEqualTo(Health.HEALTHY);
      assertThat(remove.member().name()).as(what).contains("_REPLACED");
    }
    if (move instanceof Add || move instanceof Promote) {
      assertThat(before).as(what).allMatch(r -> r.health() == Health.HEALTHY);
      assertThat(MembershipRules.members(before)).as(what).allMatch(EtcdMember::started);
    }
    if (move instanceof Add add) {
      assertThat(add.role()).isEqualTo(EtcdMember.Role.LEARNER);
      assertThat(MembershipRules.members(before)).as(what).allMatch(EtcdMember::votes);
      assertThat(MembershipRules.members(before)).as(what).noneMatch(m -> isDead(shape, m));
    }
  }

  private static boolean isDead(Shape shape, EtcdMember member) {
    return shape.wanted().stream().anyMatch(w -> w.replaces(member));
  }

  private static long up(List<VoterReport> reports) {
    return reports.stream().filter(VoterReport::isHealthy).count();
  }

  private static int needed(List<VoterReport> reports) {
    return new Quorum(reports.size()).needed();
  }

  private static Health health(EtcdMember member, List<VoterReport> reports) {
    return reports.stream()
        .filter(r -> r.voter().equals(member))
        .findFirst()
        .map(VoterReport::health)
        .orElse(Health.SILENT);
  }

  /** Strays are in the way of what is still to come alone. */
  private static boolean hasAnObstacle(Shape shape, List<MembershipMove> moves) {
    boolean stray = has(shape, Kind.LEARNER_STRAY, Kind.UNSTARTED_STRAY);
    return has(shape, Kind.SILENT, Kind.HEALTHY_REPLACED)
        || (stray && !isThere(shape, moves))
        || (up(shape.reports()) < needed(shape.reports()) && !startIsWhatIsMissing(shape));
  }

  private static boolean isThere(Shape shape, List<MembershipMove> moves) {
    List<VoterReport> then = shape.reports();
    for (MembershipMove move : moves.subList(0, moves.size() - 1)) {
      then = MembershipForecast.after(move, then);
    }
    List<EtcdMember> members = MembershipRules.members(then);
    return shape.wanted().stream()
        .allMatch(w -> MembershipRules.stage(members, w) == MemberStarter.Stage.VOTER);
  }

  private static boolean startIsWhatIsMissing(Shape shape) {
    long answer = shape.reports().stream().filter(r -> r.health() != Health.SILENT).count();
    return has(shape, Kind.UNSTARTED_VOTER_WANTED) && answer + 1 >= needed(shape.reports());
  }

  private static boolean has(Shape shape, Kind... kinds) {
    return List.of(kinds).stream().anyMatch(kind -> shape.kinds().getOrDefault(kind, 0) > 0);
  }
}
