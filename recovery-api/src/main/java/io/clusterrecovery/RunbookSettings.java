package io.clusterrecovery;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a runbook was told besides its steps. */
final class RunbookSettings {
  private static final Duration DEFAULT_DEADLINE = Duration.ofHours(2);

  final List<RemoteHost> lockOn = new ArrayList<>();
  Clock clock = Clock.system();
  EventListener listener = EventListener.NONE;
  Confirmation confirmation = Confirmation.ALL;
  Duration deadline = DEFAULT_DEADLINE;
  @Nullable Path journal;
  @Nullable RemoteHost journalCopyOn;
  @Nullable String owner;
  @Nullable String takeOver;

  RunbookSettings copy() {
    RunbookSettings copy = new RunbookSettings();
    copy.lockOn.addAll(lockOn);
    copy.clock = clock;
    copy.listener = listener;
    copy.confirmation = confirmation;
    copy.deadline = deadline;
    copy.journal = journal;
    copy.journalCopyOn = journalCopyOn;
    copy.owner = owner;
    copy.takeOver = takeOver;
    return copy;
  }

  /** What surrounds a look at every step, which nobody hears of. */
  RunSettings planning(List<RunbookStep<?>> steps) {
    RunId id = RunId.startingAt(clock.now());
    return new RunSettings(
        id,
        clock,
        EventListener.NONE,
        Confirmation.ALL,
        Deadline.none(),
        new RunMemory(null),
        locks(id, steps));
  }

  /** The locks of a run of these steps. */
  HostLocks locks(RunId run, List<RunbookStep<?>> steps) {
    String file = journal == null ? null : journal.toAbsolutePath().toString();
    HostLocks locks = new HostLocks(run, new HostLocks.Terms(owner, takeOver, file), clock);
    locks.lockAlso(lockOn);
    steps.forEach(step -> locks.lockAlso(step.hosts()));
    return locks;
  }
}
