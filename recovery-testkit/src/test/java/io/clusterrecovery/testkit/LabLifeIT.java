package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabLifeIT {
  @TempDir Path state;

  private static final List<String> OWN_NAMESPACE = List.of("unshare", "--net");

  @Test
  void start_inTheMachinesNamespace_isRefusedAndLeavesNothing() throws Exception {
    List<String> labs = LabRemoval.ids();

    Process program = LabProgram.start(MachineState.entering(), "host");
    Ran ran = LabProgram.end(program);

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(LabRemoval.ids()).containsExactlyElementsOf(labs);
  }

  @Test
  void start_besideAnotherLab_neitherDisturbsTheOther() throws Exception {
    Process program = LabProgram.start(OWN_NAMESPACE, "same");
    String other = LabProgram.id(program);
    try (Lab lab = Lab.builder().hosts("same").start()) {
      lab.host("same").powerOff();

      assertThat(supervisor(other, "same").isAlive()).isTrue();
      lab.host("same").boot();
      LabProgram.end(program);
      assertThat(LabRemoval.ids()).contains(lab.id()).doesNotContain(other);
      assertThat(lab.host("same").run("hostname").orThrow()).isEqualTo("same");
    }
  }

  @Test
  void stop_labOfAKilledJvm_removesAllOfIt() throws Exception {
    Process program = LabProgram.start(OWN_NAMESPACE, "orphan-0", "orphan-1");
    String id = LabProgram.id(program);
    program.destroyForcibly().waitFor();
    ProcessId host = supervisor(id, "orphan-0");
    assertThat(host.isAlive()).isTrue();

    assertThat(Lab.stop(id)).isTrue();

    assertThat(host.isAlive()).isFalse();
    LabTraces.assertNone(id);
    assertThat(Lab.stop(id)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void stop_labOfAJvmKilledWhileStarting_removesAllOfIt(int hostsLaunched) throws Exception {
    List<String> own = List.of("env", "XDG_STATE_HOME=" + state);
    Process program =
        LabProgram.start(Stream.concat(own.stream(), OWN_NAMESPACE.stream()).toList(), "a", "b");
    Await.until(
        "hosts launched: " + hostsLaunched,
        Duration.ofSeconds(30),
        () -> found("lab.id") == 1 && found("nspawn.pid") >= hostsLaunched);
    program.destroyForcibly().waitFor();

    Ran stopped = LabProgram.end(LabProgram.start(own, LabProgram.STOP_ALL));

    assertThat(stopped).isEqualTo(new Ran(0, "1\n"));
    assertThat(state.resolve("cluster-recovery")).isEmptyDirectory();
    assertThat(Mounts.under(state)).isEmpty();
    assertThat(Exec.ok("sh", "-c", "ps -eo args | grep -v grep | grep '" + state + "' || true"))
        .isEmpty();
  }

  private long found(String name) {
    return Exec.ok("find", state.toString(), "-maxdepth", "5", "-name", name).lines().count();
  }

  @Test
  void end_ofAJvmByASignal_removesItsLab() throws Exception {
    Process program = LabProgram.start(OWN_NAMESPACE, "short-lived");
    String id = LabProgram.id(program);

    program.destroy();

    Await.until("the JVM ends", Duration.ofSeconds(30), () -> !program.isAlive());
    LabTraces.assertNone(id);
  }

  @Test
  void stop_somethingThatIsNoLab_touchesNothing() throws Exception {
    Path report = Files.createDirectories(LabPaths.state().resolve("no-lab-" + System.nanoTime()));

    assertThat(Lab.stop(String.valueOf(report.getFileName()))).isFalse();
    assertThat(Lab.stop("..")).isFalse();

    assertThat(report).isDirectory();
    Files.delete(report);
  }

  private static ProcessId supervisor(String id, String host) {
    HostFolder folder = new HostFolder(LabPaths.state().resolve(id).resolve("hosts").resolve(host));
    return ProcessId.recorded(folder.supervisor()).orElseThrow();
  }
}
