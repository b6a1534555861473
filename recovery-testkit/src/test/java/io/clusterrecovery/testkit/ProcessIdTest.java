package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessIdTest {
  @TempDir Path folder;

  @Test
  void isAlive_sameNumberOfAnotherTime_isFalse() {
    ProcessId own = ProcessId.of(ProcessHandle.current().pid()).orElseThrow();

    assertThat(own.isAlive()).isTrue();
    assertThat(new ProcessId(own.pid(), own.startTicks() + 1).isAlive()).isFalse();
  }

  @Test
  void kill_sameNumberOfAnotherTime_killsNobody() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    ProcessId child = ProcessId.of(process.pid()).orElseThrow();

    new ProcessId(child.pid(), child.startTicks() - 1).kill();
    assertThat(process.isAlive()).isTrue();

    child.kill();
    assertThat(process.waitFor()).isEqualTo(137);
  }

  @Test
  void recorded_halfWrittenFile_isNobody() throws Exception {
    Path file = Files.writeString(folder.resolve("some.pid"), "4711");

    assertThat(ProcessId.recorded(file)).isEmpty();
    assertThat(ProcessId.recorded(folder.resolve("none.pid"))).isEmpty();
  }

  @Test
  void leader_ofAProcessWithoutANamespace_isNobody() {
    assertThat(ProcessId.of(ProcessHandle.current().pid()).flatMap(ProcessId::leader)).isEmpty();
  }
}
