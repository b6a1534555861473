package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** Looks for what a lab may leave behind. */
final class LabTraces {
  private LabTraces() {}

  static void assertNone(String id) {
    Path folder = LabPaths.state().resolve(id);
    assertThat(folder).doesNotExist();
    assertThat(Mounts.under(folder)).isEmpty();
    assertThat(Cgroups.of(id).areThere()).isFalse();
    assertThat(found("ps -eo args", id)).isEmpty();
    assertThat(found("find /run /tmp -name '*" + id + "*' 2>/dev/null || true", id)).isEmpty();
  }

  private static String found(String command, String id) {
    return Exec.ok("sh", "-c", "(" + command + ") | grep -v grep | grep -- '" + id + "' || true");
  }
}
