package io.clusterrecovery.etcd;

import io.clusterrecovery.etcd.OpenShift41Move.Script;
import io.clusterrecovery.etcd.RestoreMethod.Undo;
import io.clusterrecovery.etcd.RestoreScriptOutput.Copy;
import java.util.ArrayList;
import java.util.List;

/** What is left to do to take a restore by the script back, in its order. */
enum OpenShift41UndoMove {
  /** Ends the script. */
  KILL_SCRIPT,
  /** Stops kubelet and all containers, and keeps them from starting. */
  STOP,
  /** Moves what was restored aside. */
  MOVE_OUT,
  /** Moves the old data back. */
  MOVE_BACK,
  /** Puts manifests and kubelet back. */
  START;

  /**
   * {@return what is left, a pure function of what was seen} While the script runs, all of it may
   * be; it is decided again when that has ended.
   *
   * @param ranBefore whether the kubelet ran before the script
   */
  static List<OpenShift41UndoMove> left(
      OpenShift41Facts facts, RestoreScriptJob.Seen script, boolean ranBefore) {
    if (script.state() == Script.RUNS) {
      return List.of(values());
    }
    List<OpenShift41UndoMove> moves = new ArrayList<>();
    if (isOldDataMoved(facts, script)) {
      moves.add(STOP);
      if (facts.hasData()) {
        moves.add(MOVE_OUT);
      }
      moves.add(MOVE_BACK);
    }
    if (!moves.isEmpty() || isHalfWay(facts, ranBefore)) {
      moves.add(START);
    }
    return moves;
  }

  /**
   * How far the restore has come; nobody has relied yet on what a script that runs has restored.
   */
  static Undo.Stage stage(OpenShift41Facts facts, RestoreScriptJob.Seen script) {
    if (script.state() == Script.RUNS) {
      return Undo.Stage.MOVED_ASIDE;
    }
    if (!isOldDataMoved(facts, script)) {
      return Undo.Stage.NOT_MOVED;
    }
    return facts.hasData() ? Undo.Stage.RESTORED : Undo.Stage.MOVED_ASIDE;
  }

  /**
   * Whether the data of before is known to be elsewhere, or is known not to have been. A copy that
   * the script was about to make says nothing: the data is removed after it is whole.
   */
  private static boolean isOldDataMoved(OpenShift41Facts facts, RestoreScriptJob.Seen script) {
    boolean removed = OpenShift41Move.isRemoved(script.state(), script.stage());
    boolean copied = facts.hasCopy() || script.output().copy() == Copy.NOTHING_THERE;
    return facts.hasKept() || facts.hadNone() || (removed && copied);
  }

  private static boolean isHalfWay(OpenShift41Facts facts, boolean ranBefore) {
    return facts.hasManifestsAside()
        || !toPutBack(facts).isEmpty()
        || (ranBefore && !facts.kubeletRuns());
  }

  /** The manifests that the script's folder has and that the host had before. */
  static List<String> toPutBack(OpenShift41Facts facts) {
    List<String> lacking =
        facts.leftovers().keySet().stream().filter(facts.lacking()::contains).toList();
    return lacking.isEmpty() ? OpenShift41Move.toPutBack(facts) : lacking;
  }
}
