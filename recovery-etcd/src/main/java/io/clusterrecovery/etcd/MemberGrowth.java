package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.etcd.MemberStarter.Stage;
import java.util.List;

/**
 * The growth by one member.
 *
 * @param add the member
 * @param stage how far it has come already
 * @param start how its etcd is started
 * @param moves what is left to be done for it
 */
record MemberGrowth(
    MemberToAdd add, Stage stage, MemberStarter.Start start, List<MembershipMove> moves) {

  /** Copies the list. */
  MemberGrowth {
    moves = List.copyOf(moves);
  }

  /** The growth by a member, of all moves that are planned. */
  static MemberGrowth of(
      MemberToAdd add, Stage stage, MemberStarter.Start start, List<MembershipMove> planned) {
    return new MemberGrowth(
        add, stage, start, planned.stream().filter(move -> move.isFor(add)).toList());
  }

  /** Where its first move is among all of them; at the end if it has none. */
  int firstOf(List<MembershipMove> planned) {
    return moves.isEmpty() ? planned.size() : planned.indexOf(moves.get(0));
  }

  /** The change after which it counts for quorum. */
  Change vote() {
    return moves.stream()
        .filter(MembershipMove::leadsToVote)
        .flatMap(move -> move.change().stream())
        .findFirst()
        .orElseThrow();
  }

  Change undo() {
    return Change.of(
        "grow/undo-add/" + add.name(),
        "remove the new member again",
        add.name(),
        "in flight",
        "not a member");
  }
}
