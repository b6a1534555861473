package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.RunId;
import io.clusterrecovery.etcd.RestoreMethod.Undo;
import io.clusterrecovery.testkit.FakeHost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenShift41UndoTest {
  private static final RunId UNDONE = new RunId("20260101-000000-1");
  private static final String FOLDER = "/var/lib/cluster-recovery/" + UNDONE;

  private static final Map<String, String> SCRIPTS =
      Map.of(
          OpenShift41HostScripts.MANIFESTS_ASIDE, "manifests aside",
          OpenShift41HostScripts.STOP_ALL, "stop all",
          OpenShift41HostScripts.TAKE_COPY_IN, "take copy in",
          OpenShift41HostScripts.MOVE_OLD_BACK, "move old back",
          OpenShift41HostScripts.MANIFESTS_BACK, "manifests back",
          OpenShift41HostScripts.PUT_BACK, "put back",
          OpenShift41HostScripts.START_KUBELET, "start kubelet",
          OpenShift41HostScripts.ARCHIVE, "archive",
          OpenShift41HostScripts.FORGET, "forget");

  private final FakeHost host =
      FakeHost.named("m0").file(FOLDER + "/unit-was", "ActiveState=active\n");
  private final RunContext run = RunContext.standalone();
  private OpenShift41Seen seen = OpenShift41Seen.good();

  OpenShift41UndoTest() {
    host.on("sh -c");
    host.on("rm -f --");
    host.on("--initial-cluster-token").prints("device=1\nrun_device=1\nlooked=yes\n");
    host.on("openshift-recovery-tools")
        .does(look -> new CommandResult(0, seen.text(), "", Duration.ZERO));
  }

  @Test
  void undo_nothingThatWasMoved_changesNothing() {
    Undo undo = prepared();

    undo.act().accept(run);

    assertThat(undo.stage()).isEqualTo(Undo.Stage.NOT_MOVED);
    assertThat(run.changed()).isEmpty();
    assertThat(acts()).containsExactly("archive", "forget");
  }

  @Test
  void undo_scriptThatEndedWithTheDataRemoved_putsAllBackInThisOrder() {
    script(16, "Snapshot file not found, restore failed: /x.\n");
    seen = stopped().without("member=").with("copy=yes");
    Undo undo = prepared();

    undo.act().accept(run);

    assertThat(undo.stage()).isEqualTo(Undo.Stage.MOVED_ASIDE);
    assertThat(changed()).containsExactly("stop", "move-back", "start");
    assertThat(acts())
        .containsExactly(
            "manifests aside",
            "stop all",
            "take copy in",
            "move old back",
            "manifests back",
            "put back",
            "start kubelet",
            "archive",
            "forget");
    assertThat(host.find(UNDONE + "-restore")).isEmpty();
  }

  @Test
  void undo_scriptThatRuns_isEndedBeforeItIsDecidedWhatIsLeft() {
    host.on("the script").hangs();
    host.start(UNDONE + "-restore", Command.of("the script"));
    seen = stopped();
    Plan.Builder plan = Plan.of("roll back", "m0");
    Undo undo = OpenShift41Undo.prepare(host, UNDONE, plan);

    undo.act().accept(run);

    assertThat(ids(plan.build().changes()))
        .containsExactly("kill-script", "stop", "move-out", "move-back", "start");
    assertThat(plan.build().notes()).anyMatch(note -> note.contains("is seen when"));
    assertThat(changed()).containsExactly("kill-script", "start");
    assertThat(host.texts()).anyMatch(text -> text.endsWith("sh etcd-member.yaml"));
    assertThat(host.find(UNDONE + "-restore")).isEmpty();
  }

  @Test
  void undo_kubeletThatDidNotRunBefore_isNotStarted() {
    host.file(FOLDER + "/unit-was", "ActiveState=inactive\n");
    seen = stopped();

    prepared().act().accept(run);

    assertThat(acts()).contains("put back").doesNotContain("start kubelet");
  }

  @Test
  void undo_manifestThatDoesNotComeBack_failsAndForgetsNothing() {
    script(16, "");
    seen = stopped().without("member=").with("copy=yes", "lacking=etcd-member.yaml");

    RecoveryException failed =
        catchThrowableOfType(RecoveryException.class, () -> prepared().act().accept(run));

    assertThat(failed.code()).isEqualTo(Code.VERIFICATION_FAILED);
    assertThat(failed.getMessage()).contains("etcd-member.yaml", FOLDER);
    assertThat(host.find(UNDONE + "-restore")).isPresent();
  }

  private Undo prepared() {
    return OpenShift41Undo.prepare(host, UNDONE, Plan.of("roll back", "m0"));
  }

  private void script(int lines, String last) {
    String told =
        String.join("\n", RestoreScriptOutputTest.FIRST_RUN.lines().limit(lines).toList());
    host.on("the script").prints(told + "\n" + last);
    host.start(UNDONE + "-restore", Command.of("the script"));
  }

  private static OpenShift41Seen stopped() {
    return OpenShift41Seen.good()
        .without("manifest=")
        .without("kubelet=")
        .with("kubelet=inactive", "assets=yes", "leftover=etcd-member.yaml 11");
  }

  private List<String> acts() {
    return host.commands().stream()
        .filter(command -> command.arguments().size() > 2)
        .map(command -> SCRIPTS.getOrDefault(command.arguments().get(2), ""))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private List<String> changed() {
    return ids(run.changed());
  }

  private static List<String> ids(List<Change> changes) {
    return changes.stream().map(c -> c.id().replaceAll("rollback/|@.*", "")).toList();
  }
}
