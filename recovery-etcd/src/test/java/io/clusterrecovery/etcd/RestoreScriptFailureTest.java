package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RestoreScriptFailureTest {

  @Test
  void of_wholeRunThatEndedWith0_isNone() {
    assertThat(failure(0, RestoreScriptOutputTest.FIRST_RUN)).isEmpty();
    assertThat(failure(0, RestoreScriptOutputTest.REPEATED_RUN)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource
  void of_runThatFailed_isTypedAndSaysWhere(
      int status, int lines, String last, Code code, String where) {
    assertThat(failure(status, cut(lines) + last))
        .hasValueSatisfying(
            refusal -> {
              assertThat(refusal.code()).isEqualTo(code);
              assertThat(refusal.found()).contains(where, "exit status " + status);
            });
  }

  static Stream<Arguments> of_runThatFailed_isTypedAndSaysWhere() {
    return Stream.of(
        Arguments.of(1, 5, "", Code.COMMAND_FAILED, "before it touched anything"),
        Arguments.of(
            1,
            5,
            "SRV query failed no matching records found",
            Code.NAME_RESOLUTION,
            "before it touched anything"),
        Arguments.of(127, 13, "xargs: crictl: command not found", Code.TOOL_MISSING, "containers"),
        Arguments.of(1, 15, "cp: error: No space left on device", Code.DISK_FULL, "copying data"),
        Arguments.of(
            1,
            16,
            "Snapshot file not found, restore failed: /x.",
            Code.SNAPSHOT_UNREADABLE,
            "removing data"),
        Arguments.of(1, 17, "Error: invalid database", Code.SNAPSHOT_CORRUPT, "restoring"),
        Arguments.of(2, 17, "\t/go/main.go:40 +0x20", Code.SNAPSHOT_CORRUPT, "restoring"),
        Arguments.of(
            1,
            17,
            "Error: couldn't find local name in the initial cluster: no such host",
            Code.NAME_RESOLUTION,
            "restoring"),
        Arguments.of(
            127,
            17,
            "./assets/bin/etcdctl: No such file or directory",
            Code.TOOL_MISSING,
            "restoring"),
        Arguments.of(1, 24, "Failed to start kubelet", Code.COMMAND_FAILED, "starting kubelet"));
  }

  @Test
  void of_scriptThatWasKilled_saysSo() {
    Refusal killed =
        RestoreScriptFailure.of(
                new RestoreScriptJob.End(
                    new CommandResult(137, "KILL", "", "", 0, Duration.ZERO),
                    RestoreScriptOutput.of(cut(9))))
            .orElseThrow();
    assertThat(killed.found()).contains("signal KILL", "stopping etcd");
  }

  private static String cut(int lines) {
    return String.join("\n", RestoreScriptOutputTest.FIRST_RUN.lines().limit(lines).toList())
        + "\n";
  }

  private static Optional<Refusal> failure(int status, String out) {
    return RestoreScriptFailure.of(
        new RestoreScriptJob.End(
            new CommandResult(status, out, "", Duration.ZERO), RestoreScriptOutput.of(out)));
  }
}
