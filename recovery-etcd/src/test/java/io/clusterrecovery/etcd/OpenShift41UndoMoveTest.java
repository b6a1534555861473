package io.clusterrecovery.etcd;

import static io.clusterrecovery.etcd.OpenShift41UndoMove.MOVE_BACK;
import static io.clusterrecovery.etcd.OpenShift41UndoMove.MOVE_OUT;
import static io.clusterrecovery.etcd.OpenShift41UndoMove.START;
import static io.clusterrecovery.etcd.OpenShift41UndoMove.STOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.etcd.OpenShift41Move.Script;
import io.clusterrecovery.etcd.RestoreMethod.Undo;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OpenShift41UndoMoveTest {
  private static final int COPYING = 15;
  private static final int REMOVING = 16;
  private static final int WHOLE = 24;

  @ParameterizedTest
  @MethodSource
  void left_fromWhatWasSeen_isWhatIsLeft(
      OpenShift41Seen seen, int told, Undo.Stage stage, List<OpenShift41UndoMove> moves) {
    RestoreScriptJob.Seen script = ended(told);
    assertThat(OpenShift41UndoMove.left(seen.facts(), script, true)).isEqualTo(moves);
    assertThat(OpenShift41UndoMove.stage(seen.facts(), script)).isEqualTo(stage);
  }

  static Stream<Arguments> left_fromWhatWasSeen_isWhatIsLeft() {
    return Stream.of(
        Arguments.of(seen(), 0, Undo.Stage.NOT_MOVED, List.of()),
        Arguments.of(seen(), 5, Undo.Stage.NOT_MOVED, List.of()),
        Arguments.of(stopped().with("copy=yes"), COPYING, Undo.Stage.NOT_MOVED, List.of(START)),
        Arguments.of(
            stopped().with("copy=yes"),
            REMOVING,
            Undo.Stage.RESTORED,
            List.of(STOP, MOVE_OUT, MOVE_BACK, START)),
        Arguments.of(
            stopped().without("member=").with("copy=yes"),
            REMOVING,
            Undo.Stage.MOVED_ASIDE,
            List.of(STOP, MOVE_BACK, START)),
        Arguments.of(
            seen().with("copy=yes"),
            WHOLE,
            Undo.Stage.RESTORED,
            List.of(STOP, MOVE_OUT, MOVE_BACK, START)),
        Arguments.of(
            seen().with("kept=yes", "complete=yes"),
            0,
            Undo.Stage.RESTORED,
            List.of(STOP, MOVE_OUT, MOVE_BACK, START)),
        Arguments.of(
            seen().with("none=yes", "complete=yes"),
            0,
            Undo.Stage.RESTORED,
            List.of(STOP, MOVE_OUT, MOVE_BACK, START)),
        Arguments.of(
            stopped().with("aside=yes", "complete=yes"), 0, Undo.Stage.NOT_MOVED, List.of(START)),
        Arguments.of(seen().with("complete=yes"), 0, Undo.Stage.NOT_MOVED, List.of()));
  }

  @Test
  void left_scriptThatRuns_mayBeAllOfIt() {
    RestoreScriptJob.Seen runs = new RestoreScriptJob.Seen(Script.RUNS, new RestoreScriptOutput());
    assertThat(OpenShift41UndoMove.left(seen().facts(), runs, true))
        .isEqualTo(Arrays.asList(OpenShift41UndoMove.values()));
    assertThat(OpenShift41UndoMove.stage(seen().facts(), runs)).isEqualTo(Undo.Stage.MOVED_ASIDE);
  }

  @Test
  void left_noDataBefore_movesWhatWasRestoredOut() {
    RestoreScriptOutput none =
        RestoreScriptOutput.of(
            told(14)
                + "Local etcd snapshot file not found, backup skipped..\n"
                + "Removing etcd data-dir /var/lib/etcd\n");
    assertThat(
            OpenShift41UndoMove.left(
                seen().facts(), new RestoreScriptJob.Seen(Script.ENDED, none), true))
        .containsExactly(STOP, MOVE_OUT, MOVE_BACK, START);
  }

  @Test
  void left_kubeletThatDidNotRunBefore_staysAsItIs() {
    OpenShift41Facts facts = seen().without("kubelet=").with("kubelet=inactive").facts();
    assertThat(OpenShift41UndoMove.left(facts, ended(0), false)).isEmpty();
    assertThat(OpenShift41UndoMove.left(facts, ended(0), true)).containsExactly(START);
  }

  @Test
  void toPutBack_manifestsThatWereNoted_areThoseOfBeforeAlone() {
    OpenShift41Seen seen =
        stopped()
            .with("leftover=etcd-generate-certs.yaml 3", "leftover=kube-apiserver-pod.yaml 22");
    assertThat(OpenShift41UndoMove.toPutBack(seen.facts()))
        .containsExactly("etcd-member.yaml", "kube-apiserver-pod.yaml");
    assertThat(OpenShift41UndoMove.toPutBack(seen.with("lacking=kube-apiserver-pod.yaml").facts()))
        .containsExactly("kube-apiserver-pod.yaml");
  }

  /** As the script leaves a host that it has stopped. */
  private static OpenShift41Seen stopped() {
    return seen()
        .without("manifest=")
        .without("kubelet=")
        .with("kubelet=inactive", "assets=yes", "leftover=etcd-member.yaml 11");
  }

  private static RestoreScriptJob.Seen ended(int lines) {
    return new RestoreScriptJob.Seen(
        lines == 0 ? Script.NOT_STARTED : Script.ENDED, RestoreScriptOutput.of(told(lines)));
  }

  private static String told(int lines) {
    return String.join("\n", RestoreScriptOutputTest.FIRST_RUN.lines().limit(lines).toList())
        + "\n";
  }

  private static OpenShift41Seen seen() {
    return OpenShift41Seen.good();
  }
}
