package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clusterrecovery.Command;
import io.clusterrecovery.RemoteHost;

/**
 * What is done to the data directory, each safe to repeat. Arguments, unless it says otherwise:
 * data directory, restored directory, where old data goes.
 */
final class RestoreScripts {
  /** Proves that there is restored data, and gives it the owner of the data directory. */
  static final String OWN =
      """
      set -eu
      [ -s "$2/member/snap/db" ] && [ -d "$2/member/wal" ] || { echo "nothing was restored" >&2; exit 1; }
      chown -R --reference="$1" "$2"
      chmod -R go= "$2"
      if command -v restorecon >/dev/null 2>&1; then restorecon -R "$2"; fi
      """;

  /**
   * Moves data to a new numbered folder with a manifest, unless that was done. Arguments: data
   * directory, where it goes, what it is, and what must be there to take its place, if anything.
   */
  private static final String MOVE =
      """
      set -eu
      [ -z "${4:-}" ] || [ -e "$4" ] || { echo "there is nothing to move in" >&2; exit 1; }
      [ -e "$1/member" ] || exit 0
      n=1
      while [ -e "$2-$n" ]; do n=$((n + 1)); done
      umask 077
      mkdir -p "$2-$n"
      { echo "what=$3"
        echo "from=$1/member"
        echo "to=$2-$n/member"
        echo "owner=$(stat -c %u:%g "$1/member")"
        echo "mode=$(stat -c %a "$1/member")"
        echo "moved=$(date -u +%Y-%m-%dT%H:%M:%SZ)"; } > "$2-$n/manifest"
      mv -T "$1/member" "$2-$n/member"
      sync "$1"
      """;

  /**
   * Copies the data to a folder with a manifest, unless that was done. Arguments: data directory,
   * where the copy goes.
   */
  static final String COPY_ASIDE =
      """
      set -eu
      [ ! -e "$2-1/member" ] || exit 0
      umask 077
      mkdir -p "$2-1"
      rm -rf "$2-1/member.part"
      cp -a "$1/member" "$2-1/member.part"
      { echo "what=copy of the etcd data directory, taken before it was made a cluster of one"
        echo "from=$1/member"
        echo "copied=$(date -u +%Y-%m-%dT%H:%M:%SZ)"; } > "$2-1/manifest"
      sync
      mv -T "$2-1/member.part" "$2-1/member"
      sync "$2-1"
      """;

  /**
   * Moves the restored data in by one rename: either it is there, or nothing is. What was found
   * before is always on record, so that an interrupted attempt knows whose data is in place.
   */
  static final String MOVE_IN =
      """
      set -eu
      [ ! -e "$1/member" ] || { echo "other data came in between" >&2; exit 1; }
      if ! [ -e "$3-1" ]; then
        umask 077
        mkdir -p "$3-1"
        echo "what=there was no etcd data before the restore" > "$3-1/none"
      fi
      mv -T "$2/member" "$1/member"
      rmdir "$2"
      sync "$1"
      """;

  /** Writes down how a unit is, unless that was done. Arguments: unit, file. */
  private static final String NOTE_UNIT =
      """
      set -eu
      [ ! -e "$2" ] || exit 0
      umask 077
      mkdir -p "$(dirname "$2")"
      systemctl show "$1" --property=ActiveState > "$2.part"
      sync "$2.part"
      mv -T "$2.part" "$2"
      """;

  /** Moves the data of before a restore back, if there was any. */
  static final String MOVE_BACK =
      """
      set -eu
      if [ -e "$3-1/member" ]; then
        [ ! -e "$1/member" ] || { echo "other data came in between" >&2; exit 1; }
        mv -T "$3-1/member" "$1/member"
        rm -f -- "$3-1/manifest"
      else
        rm -f -- "$3-1/none"
      fi
      rmdir "$3-1"
      sync "$1"
      """;

  /** Prints what a unit has logged since its latest start. Arguments: unit, phrases by line. */
  static final String LOGGED =
      """
      started=$(systemctl show "$1" --property=InvocationID --value)
      journalctl "_SYSTEMD_INVOCATION_ID=$started" --output=cat --no-pager | grep -F -- "$2" \\
        | tail -n 50
      true
      """;

  /** Removes what was restored aside and never moved in, and what is left of half a copy. */
  static final String DROP_ASIDE =
      """
      set -eu
      rm -rf -- "$2"
      [ -d "$3-1" ] && [ ! -e "$3-1/member" ] && [ ! -e "$3-1/none" ] || exit 0
      rm -rf -- "$3-1/member.part"
      rm -f -- "$3-1/manifest"
      rmdir -- "$3-1"
      """;

  private RestoreScripts() {}

  /** Moves the old data aside, if there is something to move in. */
  static Command moveAside(RestorePaths paths) {
    String what = "etcd data directory, moved aside by a restore";
    return move(paths, paths.oldData(), what, paths.restored() + "/member");
  }

  /** Moves restored data out of the way again. */
  static Command moveRestoredOut(RestorePaths paths) {
    return move(paths, paths.restored() + "-undone", "restored, moved aside by a rollback", "");
  }

  /** Moves what a learner has written aside. */
  static Command moveLearnerAside(RestorePaths paths) {
    return move(paths, paths.learnerData(), "etcd data of a member that is not one any more", "");
  }

  private static Command move(RestorePaths paths, String to, String what, String wanted) {
    return Command.of("sh", "-c", MOVE, "sh", paths.dataDir(), to, what, wanted).asRoot();
  }

  /** The command that writes down how a unit is. */
  static Command noteUnit(String unit, String file) {
    return Command.of("sh", "-c", NOTE_UNIT, "sh", unit, file).asRoot();
  }

  /** Whether that file says that the unit ran. */
  static boolean ranBefore(RemoteHost host, String file) {
    return host.read(file)
        .map(bytes -> new String(bytes, UTF_8))
        .filter(was -> was.contains("=active") || was.contains("=activating"))
        .isPresent();
  }

  /** The command that runs one of those for data and restored data. */
  static Command command(String script, RestorePaths paths) {
    return Command.of("sh", "-c", script, "sh", paths.dataDir(), paths.restored(), paths.oldData())
        .asRoot();
  }
}
