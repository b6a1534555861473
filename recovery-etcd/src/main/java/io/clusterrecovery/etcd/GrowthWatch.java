package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import io.clusterrecovery.etcd.CatchUp.Sight;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Follows a new member from its start to its vote.
 *
 * <p>It is promoted only while every voter is healthy, and by whichever voter answers. What counts
 * as progress is that its host has received more, that its own log has grown, or that it has
 * started. While the cluster does not answer, nothing is held against it, unless it is the second
 * voter that the cluster waits for.
 */
final class GrowthWatch {
  private static final Duration PACE = Duration.ofMillis(100);

  private final List<MemberToAdd> wanted;
  private final MemberGrowth growth;
  private final LearnerSteps steps;
  private final Duration stallLimit;
  private final RunContext run;
  private final CatchUp catchUp;
  private final LearnerLook look;

  GrowthWatch(
      MemberExpander.ExpansionSettings settings,
      MemberGrowth growth,
      LearnerSteps steps,
      RunContext run) {
    this.wanted = settings.adds();
    this.growth = growth;
    this.steps = steps;
    this.stallLimit = settings.stallLimit();
    this.run = run;
    this.catchUp = new CatchUp(stallLimit, now());
    this.look = new LearnerLook(settings.cluster(), growth.start());
  }

  /** Returns when the member votes. */
  void untilVote(Duration limit) {
    run.await(Wait.named(name() + " in sync and promoted", limit).every(PACE), this::poll);
  }

  private Poll<String> poll() {
    Poll<LearnerSteps.Found> found = steps.found();
    if (found instanceof Poll.Done<LearnerSteps.Found> there) {
      return poll(there.value());
    }
    Optional<EtcdMember> needed =
        growth.add().addedByStarter() ? steps.neededBeforeItStarts() : Optional.empty();
    if (needed.isPresent()) {
      return underWay(new LearnerSteps.Found(needed.get(), 0, 0), "quorum needs it");
    }
    catchUp.seesNothing(now());
    return found instanceof Poll.Never<LearnerSteps.Found> never
        ? Poll.never(never.code(), never.found(), never.next())
        : Poll.notYet(((Poll.NotYet<LearnerSteps.Found>) found).seen());
  }

  private Poll<String> poll(LearnerSteps.Found found) {
    EtcdMember member = found.member();
    if (member.votes() && member.started()) {
      return Poll.done(member.id());
    }
    Poll<String> promoted = member.started() ? promoted(member) : Poll.notYet("");
    return promoted instanceof Poll.NotYet<String> notYet
        ? underWay(found, notYet.seen())
        : promoted;
  }

  /** The host is looked at after the promotion was tried: a look takes time. */
  private Poll<String> underWay(LearnerSteps.Found found, String why) {
    EtcdMember member = found.member();
    LearnerLook.Seen seen = look.at(now(), member);
    catchUp.sees(
        new Sight(
            member.started(), seen.received(), found.total(), seen.index(), found.leaderIndex()),
        now());
    if (seen.failure().isPresent()) {
      return doesNotStart(seen.failure().get());
    }
    return catchUp.isStalled(now()) ? stalled() : Poll.notYet(words(why));
  }

  private String words(String why) {
    return why.isEmpty() ? catchUp.words() : catchUp.words() + "; " + why;
  }

  /** A voter that is away is not the new member's fault: it has all its time once that is back. */
  private Poll<String> promoted(EtcdMember member) {
    Optional<String> against = steps.againstPromotion(wanted, growth.add());
    if (against.isPresent()) {
      catchUp.seesNothing(now());
      return Poll.notYet(against.get());
    }
    return growth.start().promotes()
        ? Poll.notYet("what has started it is to promote it")
        : steps.promoted(member);
  }

  /** etcd that only crashes will not get in sync, however long one waits. */
  private Poll<String> doesNotStart(String why) {
    return Poll.never(
        Code.ETCD_UNREACHABLE,
        "etcd on %s does not start: %s.".formatted(growth.add().host().name(), why),
        "Correct what its log names, then run the step again.");
  }

  private Poll<String> stalled() {
    return Poll.never(
        Code.LEARNER_STALLED,
        "Member %s has made no progress for %d s: %s."
            .formatted(name(), stallLimit.toSeconds(), catchUp.words()),
        "Look at etcd's log on %s, and at the network between it and the other members."
            .formatted(growth.add().host().name()));
  }

  private Duration now() {
    return run.clock().elapsed();
  }

  private String name() {
    return growth.add().name();
  }
}
