package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.RunId;
import java.util.List;

/** The scratch directory of a rehearsal, and what of it runs on the host. */
final class RehearsalFolder {
  static final String PATH = "/var/lib/cluster-recovery/rehearsal";
  static final String SNAPSHOT = PATH + "/snapshot.db";
  static final String TOOL = PATH + "/etcdutl";

  /** Not called etcd, so that nobody who looks for processes of etcd takes it for the host's. */
  static final String ETCD = PATH + "/etcd-rehearsal";

  static final String DATA = PATH + "/data";

  /** The names under which restore and etcd run detached. */
  static final String RESTORE_JOB = "rehearsal-restore";

  static final String ETCD_JOB = "rehearsal-etcd";

  /** Arguments: directory, the run. What has no marker and is not empty is somebody else's. */
  private static final String CLAIM =
      """
      set -eu
      umask 077
      mkdir -p "$1"
      [ -f "$1/rehearsal" ] || rmdir "$1"
      mkdir -p "$1"
      echo "run $2, begun at $(date -u +%Y-%m-%dT%H:%M:%SZ)" > "$1/rehearsal"
      sync "$1/rehearsal"
      """;

  /**
   * Arguments: directory, whether the snapshot is kept. The marker goes last, so that whoever is
   * interrupted here can be followed by somebody who still knows whose it is.
   */
  private static final String CLEAN =
      """
      set -eu
      [ -e "$1" ] || exit 0
      [ -f "$1/rehearsal" ] || exec rmdir -- "$1"
      for each in "$1"/* "$1"/.[!.]*; do
        case $2:${each##*/} in
          *:rehearsal | keeping:snapshot.db | keeping:.snapshot.db.part-*) ;;
          *) rm -rf -- "$each" ;;
        esac
      done
      [ "$2" != keeping ] || exit 0
      rm -f -- "$1/rehearsal"
      rmdir -- "$1"
      """;

  private final RemoteHost host;

  RehearsalFolder(RemoteHost host) {
    this.host = host;
  }

  void claim(RunId run) {
    script(CLAIM, run.value());
  }

  /** Ends what runs of an earlier one and removes what it left, but for the snapshot. */
  void clean() {
    end();
    script(CLEAN, "keeping");
  }

  /** Ends what runs and removes everything, also when this thread was told to stop. */
  void remove(RunContext run) {
    boolean interrupted = Thread.interrupted();
    try {
      run.change(
          new RehearsalChanges(host.name()).remove(),
          () -> {
            end();
            script(CLEAN, "nothing");
          });
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void end() {
    for (String name : List.of(RESTORE_JOB, ETCD_JOB)) {
      RestoreCommand.end(host, name);
    }
  }

  private void script(String script, String argument) {
    HostFile.must(host, Command.of("sh", "-c", script, "sh", PATH, argument).asRoot());
  }
}
