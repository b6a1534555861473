package io.clusterrecovery.etcd;

import static io.clusterrecovery.etcd.OpenShift41Facts.ETCD_MANIFEST;

import io.clusterrecovery.etcd.RestoreScriptOutput.Stage;
import java.util.ArrayList;
import java.util.List;

/** What is left to do of a restore by the script, in its order. */
enum OpenShift41Move {
  /** Puts manifests back that only an earlier half run has, so that the script stops them all. */
  PUT_MANIFESTS_BACK,
  /** Takes the copy of the data in that is the only one. */
  TAKE_COPY_IN,
  /** Moves the script's folder of earlier runs aside. */
  ARCHIVE_ASSETS,
  /** Ends etcd's pod where no kubelet does. */
  END_ETCD,
  /** Brings the snapshot. */
  UPLOAD,
  /** Starts the script, if it was not started, and follows it to its end. */
  RUN_SCRIPT,
  /** Puts manifests and kubelet right where the script has not. */
  PUT_RIGHT,
  /** Moves what the script has left to where the run keeps its things. */
  KEEP;

  /** What the script of this run is doing. */
  enum Script {
    /** It was not started, or was forgotten again. */
    NOT_STARTED,
    /** It runs. */
    RUNS,
    /** It has ended. */
    ENDED
  }

  /** What never belongs to a host that is as it should be. */
  private static final String GENERATOR = "etcd-generate-certs.yaml";

  /**
   * {@return what is left, a pure function of what was seen}
   *
   * @param script what became of the run's own script
   * @param stage how far that has come
   */
  static List<OpenShift41Move> left(OpenShift41Facts facts, Script script, Stage stage) {
    if (facts.isComplete()) {
      return List.of();
    }
    if (isInPlace(facts, script, stage)) {
      List<OpenShift41Move> rest = new ArrayList<>();
      if (script == Script.RUNS) {
        rest.add(RUN_SCRIPT);
      } else if (stage != Stage.STARTING_KUBELET || isWrong(facts)) {
        rest.add(PUT_RIGHT);
      }
      rest.add(KEEP);
      return rest;
    }
    return fromTheStart(facts, isRemoved(script, stage));
  }

  /** Whether the run's own script has begun to remove the data. */
  static boolean isRemoved(Script script, Stage stage) {
    return script == Script.ENDED && stage.compareTo(Stage.REMOVING_DATA) >= 0;
  }

  /** Whether the run's own script has put restored data in place, or is about to. */
  static boolean isInPlace(OpenShift41Facts facts, Script script, Stage stage) {
    boolean restored = script == Script.ENDED && stage.compareTo(Stage.STARTING_PODS) >= 0;
    return facts.isComplete() || script == Script.RUNS || restored;
  }

  private static boolean isWrong(OpenShift41Facts facts) {
    return !facts.lacking().isEmpty() || !facts.kubeletRuns();
  }

  /** What is where the data was may be half of what was there, or half of what was restored. */
  private static List<OpenShift41Move> fromTheStart(OpenShift41Facts facts, boolean removed) {
    List<OpenShift41Move> moves = new ArrayList<>();
    if (!toPutBack(facts).isEmpty()) {
      moves.add(PUT_MANIFESTS_BACK);
    }
    if (facts.hasCopy() && !facts.hasKept() && (removed || !facts.hasData())) {
      moves.add(TAKE_COPY_IN);
    }
    if (facts.hasAssets()) {
      moves.add(ARCHIVE_ASSETS);
    }
    if (facts.hasEtcdPod() && !facts.kubeletRuns()) {
      moves.add(END_ETCD);
    }
    moves.addAll(List.of(UPLOAD, RUN_SCRIPT, KEEP));
    return moves;
  }

  /**
   * {@return the manifests that only the script's folder has and that the host needs} Where etcd's
   * own is in place, no run was left half way, and leftovers are not started again.
   */
  static List<String> toPutBack(OpenShift41Facts facts) {
    if (facts.manifests().containsKey(ETCD_MANIFEST)) {
      return List.of();
    }
    return facts.leftovers().keySet().stream()
        .filter(name -> !facts.manifests().containsKey(name) && !name.equals(GENERATOR))
        .toList();
  }
}
