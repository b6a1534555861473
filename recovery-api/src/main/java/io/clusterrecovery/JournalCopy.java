package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The copies of journals that runs with {@link Runbook.Builder#journalCopyOn} leave on a host, in
 * {@code /var/lib/cluster-recovery/RUN/journal} with mode 0600: for the day on which the machine
 * that ran the recovery is lost, too.
 */
public final class JournalCopy {
  private static final String LIST =
      """
      for journal in /var/lib/cluster-recovery/*/journal; do
        [ ! -f "$journal" ] || basename "$(dirname "$journal")"
      done
      """;

  private JournalCopy() {}

  static String folder(RunId run) {
    return "/var/lib/cluster-recovery/" + run;
  }

  /**
   * {@return the runs of which the host has a copy, the newest first} Changes nothing.
   *
   * @throws RecoveryException if the host cannot be asked
   */
  public static List<RunId> runsOn(RemoteHost host) {
    CommandResult listed = host.run(Command.of("/bin/sh", "-c", LIST).asRoot());
    return listed.out().lines().map(RunId::new).sorted(newestFirst()).toList();
  }

  /** An id begins with the time at which its run began. */
  private static Comparator<RunId> newestFirst() {
    return Comparator.comparing(RunId::value).reversed();
  }

  /**
   * Fetches the journal of a run, so that a runbook of the same name and steps can {@linkplain
   * Runbook#resume() resume} it from here. The copy stays on the host.
   *
   * @param host the host that has the copy
   * @param run the run, as {@link #runsOn} lists it and a lock of a host names it
   * @param file where to put it, readable by its owner alone; must not be there
   * @throws RefusedException with {@link Code#FILE_UNWRITABLE} if the file is there already, or
   *     with {@link Code#JOURNAL_UNUSABLE} if the host has no copy of that run, or a damaged one;
   *     nothing was changed
   */
  public static void fetch(RemoteHost host, RunId run, Path file) {
    requireNonNull(run, "run");
    if (Files.exists(file)) {
      String found = "The file %s is there already.".formatted(file);
      throw refused(Code.FILE_UNWRITABLE, found, "Name another file.", null);
    }
    List<RunId> runs = runsOn(host);
    if (!runs.contains(run)) {
      String found = "%s has no journal of run %s, but of %s.".formatted(host.name(), run, runs);
      throw refused(Code.JOURNAL_UNUSABLE, found, "Name one of these, or another host.", null);
    }
    host.download(folder(run) + "/journal", file, progress -> {});
    try (Journal journal = Journal.openExisting(file, Clock.system())) {
      journal.entries();
    }
  }

  private static RefusedException refused(
      Code code, String found, String next, @Nullable Exception cause) {
    return new RefusedException(new Refusal(code, found, next), cause);
  }
}
