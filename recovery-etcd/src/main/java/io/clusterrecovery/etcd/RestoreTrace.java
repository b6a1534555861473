package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunId;
import java.util.List;

/**
 * That a restore has begun on a host, and how far it was undone: files {@code begun}, {@code
 * undoing} and {@code undone} in {@code /var/lib/cluster-recovery/RUN}.
 *
 * @param run the restore's run
 * @param begunAt when it began, by the host's clock, so that the newest can be told
 * @param undoing how far it was rolled back
 */
record RestoreTrace(RunId run, String begunAt, Undoing undoing) {

  /** How far a restore was rolled back. */
  enum Undoing {
    NOT,
    /** It was found that nobody loses by it, and it has begun. */
    BEGUN,
    DONE
  }

  private static final String BEGIN =
      """
      set -eu
      umask 077
      mkdir -p "$1"
      [ ! -e "$1/begun" ] || exit 0
      date -u +%Y-%m-%dT%H:%M:%S.%NZ > "$1/.begun"
      sync "$1/.begun"
      mv -T "$1/.begun" "$1/begun"
      """;

  /** Its record goes too: what it describes is no more. */
  private static final String UNDO =
      """
      set -eu
      umask 077
      [ ! -e "$1/restore.json" ] || mv -T "$1/restore.json" "$1/restore-undone.json"
      : > "$1/undone"
      rm -f -- "$1/snapshot.db" "$1/restored-revision" "$1/unit-was" "$1/undoing"
      sync "$1"
      """;

  private static final String LIST =
      """
      cd /var/lib/cluster-recovery 2>/dev/null || exit 0
      for run in *; do
        [ -e "$run/begun" ] || continue
        how=NOT
        [ ! -e "$run/undoing" ] || how=BEGUN
        [ ! -e "$run/undone" ] || how=DONE
        echo "$(cat "$run/begun") $how $run"
      done
      """;

  static void begin(RemoteHost host, RunId run) {
    HostFile.must(host, script(BEGIN, run));
  }

  static void undoing(RemoteHost host, RunId run) {
    HostFile.must(host, script(": > \"$1/undoing\" && sync \"$1\"", run));
  }

  static void undone(RemoteHost host, RunId run) {
    HostFile.must(host, script(UNDO, run));
  }

  /** The restores that have begun on a host, the oldest first. */
  static List<RestoreTrace> on(RemoteHost host) {
    CommandResult listed = HostFile.must(host, Command.of("sh", "-c", LIST).asRoot());
    return listed.out().lines().sorted().map(RestoreTrace::parse).toList();
  }

  private static RestoreTrace parse(String line) {
    String[] words = line.split(" ", 3);
    return new RestoreTrace(new RunId(words[2]), words[0], Undoing.valueOf(words[1]));
  }

  private static Command script(String script, RunId run) {
    return Command.of("sh", "-c", script, "sh", RestoreRecord.folder(run)).asRoot();
  }
}
