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
 * @param voters how many voters there are before it votes
 */
record MemberGrowth(MemberToAdd add, Stage stage, MemberStarter.Start start, int voters) {

  /** What is left to be done. */
  List<Change> planned() {
    return switch (stage) {
      case NEW -> List.of(addLearner(), startEtcd(), promote());
      case UNSTARTED -> List.of(startEtcd(), promote());
      case LEARNER -> List.of(promote());
      case VOTER -> List.of();
    };
  }

  Change addLearner() {
    return change("add-learner", "add as learner", quorum(voters), quorum(voters) + ", 1 learner");
  }

  Change startEtcd() {
    return change("start", "start etcd on " + add.host().name(), "not running", "learning");
  }

  /** Of two voters both are needed to remove one, so the second cannot go again by itself. */
  Change promote() {
    Change promote = change("promote", "promote to voter", quorum(voters), quorum(voters + 1));
    return voters == 1 ? promote.withoutUndo() : promote;
  }

  Change undo() {
    return change("undo-add", "remove the learner again", "learner", "not a member");
  }

  private static String quorum(int voters) {
    return "quorum %d of %d".formatted(voters / 2 + 1, voters);
  }

  private Change change(String id, String what, String from, String to) {
    return Change.of("grow/" + id + "/" + add.name(), what, add.name(), from, to);
  }
}
