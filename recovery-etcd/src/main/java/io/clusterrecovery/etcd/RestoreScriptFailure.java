package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.etcd.RestoreScriptOutput.Stage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Why the restore script has ended before its end: a pure function of what it told, since its exit
 * status says little, and its last lines mostly what failed.
 */
final class RestoreScriptFailure {
  private static final List<String> NAMES =
      List.of(
          "no such host", "SRV query failed", "couldn't resolve host", "resolve", "SRV A record");
  private static final List<String> NO_SNAPSHOT =
      List.of("Snapshot file not found", "no such file or directory: /var/lib/cluster-recovery");
  private static final List<String> BROKEN =
      List.of("invalid database", "unexpected fault", "file size too small", "checksum", "EOF");

  /** The exit status of a program in Go that panicked. */
  private static final int PANIC = 2;

  private RestoreScriptFailure() {}

  /** {@return code, what was found and what to do next; empty if it came to its end} */
  static Optional<Refusal> of(RestoreScriptJob.End end) {
    RestoreScriptOutput output = end.output();
    if (output.stage() == Stage.STARTING_KUBELET && end.result().succeeded()) {
      return Optional.empty();
    }
    String status =
        "etcd-snapshot-restore.sh ended with exit status %d%s"
            .formatted(
                end.result().exitStatus(),
                end.result().signal() == null ? "" : " (signal " + end.result().signal() + ")");
    return Optional.of(
        output.reached(Stage.STOPPING_PODS) ? halfWay(status, end) : untouched(status, output));
  }

  private static Refusal untouched(String status, RestoreScriptOutput output) {
    String before = " before it touched anything: " + said(output);
    if (says(output, NAMES)) {
      return new Refusal(
          Code.NAME_RESOLUTION, status + before, "Correct the SRV and A records of the host.");
    }
    boolean silent = output.reached(Stage.BACKING_UP_MANIFEST);
    return new Refusal(
        Code.COMMAND_FAILED,
        status + before,
        silent
            ? "It ends so without a word where ETCD_DNS_NAME in /run/etcd/environment is not in the"
                + " URL that it is given."
            : "Look at what it said.");
  }

  private static Refusal halfWay(String status, RestoreScriptJob.End end) {
    RestoreScriptOutput output = end.output();
    String why = end.result().err();
    String where =
        " while it was at '%s'%s: %s"
            .formatted(
                output.stage().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                why.isBlank() ? "" : " (" + why.strip() + ")",
                said(output));
    Code code = panicked(end) ? Code.SNAPSHOT_CORRUPT : code(output);
    return new Refusal(code, status + where, "Mend the cause.");
  }

  /** etcd's tool ends so where the file is not what its pages say, and its last lines are calls. */
  private static boolean panicked(RestoreScriptJob.End end) {
    return end.output().stage() == Stage.RESTORING && end.result().exitStatus() == PANIC;
  }

  private static Code code(RestoreScriptOutput output) {
    if (output.lastLines().contains("No space left on device")) {
      return Code.DISK_FULL;
    }
    if (output.lastLines().contains("command not found")
        || output.lastLines().contains("bin/etcdctl: No such file")) {
      return Code.TOOL_MISSING;
    }
    if (!output.reached(Stage.RESTORING) && !says(output, NO_SNAPSHOT)) {
      return Code.COMMAND_FAILED;
    }
    if (says(output, NO_SNAPSHOT)) {
      return Code.SNAPSHOT_UNREADABLE;
    }
    if (output.reached(Stage.STARTING_PODS)) {
      return Code.COMMAND_FAILED;
    }
    if (says(output, NAMES) || output.lastLines().contains("--initial-cluster")) {
      return Code.NAME_RESOLUTION;
    }
    return says(output, BROKEN) ? Code.SNAPSHOT_CORRUPT : Code.COMMAND_FAILED;
  }

  private static boolean says(RestoreScriptOutput output, List<String> phrases) {
    return phrases.stream().anyMatch(output.lastLines()::contains);
  }

  private static String said(RestoreScriptOutput output) {
    String lines = output.lastLines().strip().replaceAll("\\s*\\R\\s*", " | ");
    return (lines.length() <= 300 ? lines : "…" + lines.substring(lines.length() - 300)) + ".";
  }
}
