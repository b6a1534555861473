package io.clusterrecovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The first step of a recovery, which refuses for whatever would stop a later one too: all looks
 * are taken at the same time, so that one knows everything before the first change.
 *
 * <p>The plan is the first step's own; of the others it has the refusals, the forcings, and as a
 * note what was seen, since their facts may move before their turn comes.
 */
record Preflighted<R>(RecoveryStep<R> first, List<RecoveryStep<?>> looks)
    implements RecoveryStep<R> {
  private static final Duration LOOK_LIMIT = Duration.ofMinutes(5);

  @Override
  public String operation() {
    return first.operation();
  }

  @Override
  public List<RemoteHost> hosts() {
    return first.hosts();
  }

  @Override
  public Prepared<R> prepare(RunContext run) {
    if (looks.isEmpty()) {
      return first.prepare(run);
    }
    ExecutorService threads = Executors.newFixedThreadPool(looks.size(), Preflighted::thread);
    try {
      List<Future<Plan>> plans = new ArrayList<>();
      looks.forEach(look -> plans.add(threads.submit(() -> seen(look, run))));
      Prepared<R> own = Observation.of(first, run);
      List<Plan> others = new ArrayList<>();
      for (int i = 0; i < looks.size(); i++) {
        others.add(awaited(looks.get(i), plans.get(i), run));
      }
      return new Prepared<>(merged(own.plan(), others), own.act());
    } finally {
      threads.shutdownNow();
    }
  }

  private static Plan seen(RecoveryStep<?> look, RunContext run) {
    return run.forStep("preflight: " + look.operation()).plan(look);
  }

  private static Plan awaited(RecoveryStep<?> look, Future<Plan> plan, RunContext run) {
    Duration limit = run.within(LOOK_LIMIT);
    try {
      return plan.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      String found = "The look at '%s' did not end within %s.";
      return refused(
          look,
          new Refusal(
              Code.WAIT_TIMED_OUT,
              found.formatted(look.operation(), Durations.words(limit)),
              "Find out what does not answer, then try again."));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException(
          new Refusal(
              Code.INTERRUPTED,
              "The thread was interrupted during the preflight.",
              "Do it again when you are ready."),
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static Plan refused(RecoveryStep<?> look, Refusal refusal) {
    return Plan.of(look.operation(), "what it works on").refuse(refusal).build();
  }

  private static Plan merged(Plan own, List<Plan> others) {
    Set<Refusal> refusals = new LinkedHashSet<>(own.refusals());
    Set<String> forced = new LinkedHashSet<>(own.forced());
    List<String> notes = new ArrayList<>(own.notes());
    for (Plan other : others) {
      refusals.addAll(other.refusals());
      forced.addAll(other.forced());
      notes.add("looked at beforehand: %s, %s".formatted(other.operation(), other.target()));
      other.notes().forEach(note -> notes.add(other.operation() + ": " + note));
    }
    return new Plan(
        own.operation(),
        own.target(),
        own.facts(),
        refusals.isEmpty() ? own.changes() : List.of(),
        List.copyOf(refusals),
        List.copyOf(forced),
        notes);
  }

  private static Thread thread(Runnable look) {
    Thread thread = new Thread(look, "preflight");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public String toString() {
    return first.toString();
  }
}
