package io.clusterrecovery.etcd;

import static io.clusterrecovery.etcd.OpenShift41Move.ARCHIVE_ASSETS;
import static io.clusterrecovery.etcd.OpenShift41Move.END_ETCD;
import static io.clusterrecovery.etcd.OpenShift41Move.KEEP;
import static io.clusterrecovery.etcd.OpenShift41Move.PUT_MANIFESTS_BACK;
import static io.clusterrecovery.etcd.OpenShift41Move.PUT_RIGHT;
import static io.clusterrecovery.etcd.OpenShift41Move.RUN_SCRIPT;
import static io.clusterrecovery.etcd.OpenShift41Move.TAKE_COPY_IN;
import static io.clusterrecovery.etcd.OpenShift41Move.UPLOAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.etcd.OpenShift41Move.Script;
import io.clusterrecovery.etcd.RestoreScriptOutput.Stage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OpenShift41MoveTest {

  @ParameterizedTest
  @MethodSource
  void left_fromWhatWasSeen_isWhatIsLeft(
      OpenShift41Seen seen, Script script, Stage stage, List<OpenShift41Move> moves) {
    assertThat(OpenShift41Move.left(seen.facts(), script, stage)).isEqualTo(moves);
  }

  static Stream<Arguments> left_fromWhatWasSeen_isWhatIsLeft() {
    return Stream.of(
        Arguments.of(seen(), Script.NOT_STARTED, Stage.BEGUN, List.of(UPLOAD, RUN_SCRIPT, KEEP)),
        Arguments.of(
            seen().with("assets=yes", "copy=yes", "leftover=old.yaml 9"),
            Script.NOT_STARTED,
            Stage.BEGUN,
            List.of(ARCHIVE_ASSETS, UPLOAD, RUN_SCRIPT, KEEP)),
        Arguments.of(
            halfRun(),
            Script.ENDED,
            Stage.RESTORING,
            List.of(
                PUT_MANIFESTS_BACK,
                TAKE_COPY_IN,
                ARCHIVE_ASSETS,
                END_ETCD,
                UPLOAD,
                RUN_SCRIPT,
                KEEP)),
        Arguments.of(
            halfRun().with("member=yes"),
            Script.ENDED,
            Stage.COPYING_DATA,
            List.of(PUT_MANIFESTS_BACK, ARCHIVE_ASSETS, END_ETCD, UPLOAD, RUN_SCRIPT, KEEP)),
        Arguments.of(
            halfRun().with("member=yes"),
            Script.ENDED,
            Stage.REMOVING_DATA,
            List.of(
                PUT_MANIFESTS_BACK,
                TAKE_COPY_IN,
                ARCHIVE_ASSETS,
                END_ETCD,
                UPLOAD,
                RUN_SCRIPT,
                KEEP)),
        Arguments.of(
            halfRun().with("kept=yes"),
            Script.ENDED,
            Stage.DOWNLOADING,
            List.of(PUT_MANIFESTS_BACK, ARCHIVE_ASSETS, END_ETCD, UPLOAD, RUN_SCRIPT, KEEP)),
        Arguments.of(seen(), Script.RUNS, Stage.BEGUN, List.of(RUN_SCRIPT, KEEP)),
        Arguments.of(seen(), Script.ENDED, Stage.STARTING_KUBELET, List.of(KEEP)),
        Arguments.of(seen(), Script.ENDED, Stage.STARTING_PODS, List.of(PUT_RIGHT, KEEP)),
        Arguments.of(
            seen().with("lacking=etcd-member.yaml"),
            Script.ENDED,
            Stage.STARTING_KUBELET,
            List.of(PUT_RIGHT, KEEP)),
        Arguments.of(
            seen().without("kubelet=").with("kubelet=failed"),
            Script.ENDED,
            Stage.STARTING_KUBELET,
            List.of(PUT_RIGHT, KEEP)),
        Arguments.of(seen().with("complete=yes"), Script.NOT_STARTED, Stage.BEGUN, List.of()));
  }

  @ParameterizedTest
  @EnumSource
  void isInPlace_scriptThatEnded_onlyOnceDataIsRestored(Stage stage) {
    assertThat(OpenShift41Move.isInPlace(seen().facts(), Script.ENDED, stage))
        .isEqualTo(stage.compareTo(Stage.STARTING_PODS) >= 0);
  }

  @Test
  void toPutBack_leftoversOfAHostThatIsWhole_areNone() {
    assertThat(OpenShift41Move.toPutBack(seen().with("leftover=old.yaml 9").facts())).isEmpty();
  }

  @Test
  void toPutBack_halfRun_isWhatTheHostLacksButNeverTheGeneratorOfCertificates() {
    OpenShift41Facts half =
        seen()
            .without("manifest=etcd")
            .with(
                "leftover=etcd-member.yaml 1",
                "leftover=kube-apiserver-pod.yaml 2",
                "leftover=etcd-generate-certs.yaml 3")
            .facts();
    assertThat(OpenShift41Move.toPutBack(half)).containsExactly("etcd-member.yaml");
  }

  private static OpenShift41Seen halfRun() {
    return seen()
        .without("manifest=")
        .without("member=")
        .without("kubelet=")
        .with("kubelet=inactive", "leftover=etcd-member.yaml 11", "assets=yes", "copy=yes");
  }

  private static OpenShift41Seen seen() {
    return OpenShift41Seen.good();
  }
}
