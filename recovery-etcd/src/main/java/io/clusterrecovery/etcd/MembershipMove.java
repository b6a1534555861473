package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.Refusal;
import java.util.List;
import java.util.Optional;

/** What is to be done next to a cluster's membership, or why nothing may be. */
sealed interface MembershipMove {

  /** All is as wanted. */
  record Complete() implements MembershipMove {}

  /** Nothing may be done. */
  record Refuse(List<Refusal> why) implements MembershipMove {
    /** Copies the list. */
    public Refuse {
      why = List.copyOf(why);
    }
  }

  /**
   * A dead member, or one that never started, is removed.
   *
   * @param voters how many voters there are before
   */
  record Remove(EtcdMember member, int voters) implements MembershipMove {
    @Override
    public Optional<Change> change() {
      int left = member.votes() ? voters - 1 : voters;
      return Optional.of(
          Change.of(
              "grow/remove/" + member.callName(),
              (member.started() ? "remove the failed member " : "remove the unstarted member ")
                  + member.id(),
              member.callName(),
              new Quorum(voters).toString(),
              new Quorum(left).toString()));
    }
  }

  /**
   * A member is added.
   *
   * @param role as what
   * @param voters how many voters there are before
   */
  record Add(MemberToAdd wanted, EtcdMember.Role role, int voters) implements MembershipMove {
    @Override
    public Optional<Change> change() {
      Quorum before = new Quorum(voters);
      return Optional.of(
          role == EtcdMember.Role.LEARNER
              ? of("add-learner", wanted, "add as learner", before, before + ", 1 learner")
              : notBackToOne(
                  voters,
                  of("add-voter", wanted, "add as voter", before, new Quorum(voters + 1) + "")));
    }
  }

  /**
   * etcd of a listed member is started for the first time.
   *
   * @param role as what the member is listed
   */
  record Start(MemberToAdd wanted, EtcdMember.Role role) implements MembershipMove {
    @Override
    public Optional<Change> change() {
      return Optional.of(
          Change.of(
              "grow/start/" + wanted.name(),
              "start etcd on " + wanted.host().name(),
              wanted.name(),
              "not running",
              "running"));
    }
  }

  /**
   * A learner is made a voter.
   *
   * @param voters how many voters there are before
   */
  record Promote(MemberToAdd wanted, int voters) implements MembershipMove {
    @Override
    public Optional<Change> change() {
      String after = new Quorum(voters + 1).toString();
      return Optional.of(
          notBackToOne(
              voters, of("promote", wanted, "promote to voter", new Quorum(voters), after)));
    }
  }

  /** {@return how a plan shows it; empty where nothing is changed} */
  default Optional<Change> change() {
    return Optional.empty();
  }

  static String words(MembershipMove move) {
    return move.change().map(Change::toString).orElse("nothing is left to be done");
  }

  /** {@return whether the member counts for quorum once it is done} */
  default boolean leadsToVote() {
    return this instanceof Promote
        || (this instanceof Start start && start.role() == EtcdMember.Role.VOTER);
  }

  /** {@return whether it is done for that new member} */
  default boolean isFor(MemberToAdd member) {
    return (this instanceof Add add && add.wanted().equals(member))
        || (this instanceof Start start && start.wanted().equals(member))
        || (this instanceof Promote promote && promote.wanted().equals(member));
  }

  private static Change of(
      String id, MemberToAdd wanted, String what, Quorum before, String after) {
    return Change.of(
        "grow/" + id + "/" + wanted.name(), what, wanted.name(), before.toString(), after);
  }

  /** Of two voters both are needed to remove one, so the second cannot go again by itself. */
  private static Change notBackToOne(int voters, Change change) {
    return voters == 1 ? change.withoutUndo() : change;
  }
}
