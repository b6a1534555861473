package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.etcd.SnapshotRehearsal.Brought;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a host offers to a rehearsal.
 *
 * @param folder what is there where the scratch directory goes
 * @param left what an earlier rehearsal's marker says
 * @param etcd the program of etcd, by a path that root can read; empty if there is none
 * @param tool the program that restores; its path is empty if there is none
 * @param freeBytes the room there
 */
record RehearsalLook(Folder folder, String left, String etcd, RestoreTool tool, long freeBytes) {
  /** For etcd's logs of 64 MiB, of which it keeps one ahead, and copies of the programs. */
  private static final long MARGIN = 320L << 20;

  /** What is there where the scratch directory goes. */
  enum Folder {
    NONE,
    /** A rehearsal's, by its marker; or it is empty. */
    LEFT,
    /** Nobody knows whose. */
    FOREIGN
  }

  /**
   * Argument: the scratch directory. A program that runs in a container is had by its process,
   * whatever its path means there.
   */
  private static final String SCRIPT =
      """
      folder=FOREIGN
      if [ -L "$1" ]; then :
      elif [ ! -e "$1" ]; then folder=NONE
      elif [ -f "$1/rehearsal" ] || [ -z "$(ls -A "$1")" ]; then folder=LEFT
      fi
      echo "folder=$folder"
      [ "$folder" != LEFT ] || echo "left=$(cat "$1/rehearsal" 2>/dev/null)"
      etcd=$(command -v etcd)
      for exe in /proc/[0-9]*/exe; do
        [ -z "$etcd" ] || break
        case $(readlink "$exe") in */etcd | */etcd' (deleted)') etcd=$exe ;; esac
      done
      echo "etcd=$etcd"
      """;

  static RehearsalLook at(RemoteHost host) {
    Command script = Command.of("sh", "-c", SCRIPT, "sh", RehearsalFolder.PATH).asRoot();
    CommandResult looked = HostFile.must(host, script);
    Map<String, String> seen =
        looked
            .out()
            .lines()
            .map(line -> line.split("=", 2))
            .filter(words -> words.length == 2)
            .collect(Collectors.toMap(words -> words[0], words -> words[1]));
    String folder = seen.get("folder");
    String etcd = seen.get("etcd");
    if (folder == null || etcd == null) {
      throw HostFile.failed(host, "looking for etcd's program", looked);
    }
    HostFacts facts = HostFacts.of(host, "/nonexistent", "localhost", RehearsalFolder.PATH);
    return new RehearsalLook(
        Folder.valueOf(folder),
        seen.getOrDefault("left", ""),
        etcd,
        facts.tool(),
        facts.freeBytesOfRunFolder());
  }

  void tell(Brought brought, Plan.Builder plan) {
    plan.fact(
        "restore tool", brought.etcdutl().map(f -> f + ", brought along").orElse(tool.path()));
    plan.fact("etcd", brought.etcd().map(f -> f + ", brought along").orElse(etcd));
    if (folder == Folder.LEFT) {
      plan.fact("left over", left.isEmpty() ? "an empty directory" : left);
    }
  }

  /** Why it cannot be rehearsed there. */
  List<Refusal> refusals(String host, Snapshot snapshot, Brought brought) {
    List<Refusal> refusals = new ArrayList<>();
    if (folder == Folder.FOREIGN) {
      refusals.add(
          new Refusal(
              Code.FILE_UNWRITABLE,
              "%s on %s was not made by a rehearsal.".formatted(RehearsalFolder.PATH, host),
              "See whose it is, and move it away."));
    }
    if (tool.path().isEmpty() && brought.etcdutl().isEmpty()) {
      refusals.add(missing(host, "neither etcdutl nor an etcdctl that can restore", "tools"));
    }
    if (etcd.isEmpty() && brought.etcd().isEmpty()) {
      refusals.add(missing(host, "no etcd, neither in its path nor running", "server"));
    }
    long needed = 2 * snapshot.size() + MARGIN;
    if (freeBytes < needed) {
      refusals.add(
          new Refusal(
              Code.DISK_FULL,
              "%s has %d MiB free in /var/lib/cluster-recovery, and %d MiB are needed."
                  .formatted(host, freeBytes >> 20, needed >> 20),
              "Make room, or rehearse on another host."));
    }
    return refusals;
  }

  private static Refusal missing(String host, String what, String setter) {
    return new Refusal(
        Code.TOOL_MISSING,
        "%s has %s.".formatted(host, what),
        "Bring one along with %s(…), or rehearse on another host.".formatted(setter));
  }
}
