package io.clusterrecovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What several steps find and would do, looked at at the same time, each on its own thread. */
final class Looks implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final RunContext run;
  private final ExecutorService threads;
  private final List<RecoveryStep<?>> steps;
  private final List<Future<Plan>> plans = new ArrayList<>();

  private Looks(List<RecoveryStep<?>> steps, RunContext run) {
    this.steps = steps;
    this.run = run;
    this.threads = Executors.newCachedThreadPool(Looks::thread);
  }

  /** Begins to look at these. */
  static Looks at(List<RecoveryStep<?>> steps, RunContext run) {
    Looks looks = new Looks(steps, run);
    for (RecoveryStep<?> step : steps) {
      RunContext own = run.forStep("look: " + step.operation());
      looks.plans.add(looks.threads.submit(() -> own.plan(step)));
    }
    return looks;
  }

  /** The plans, in the order of the steps; a look that does not end is a refusal. */
  List<Plan> plans() {
    List<Plan> ended = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      ended.add(awaited(steps.get(i), plans.get(i)));
    }
    return ended;
  }

  private Plan awaited(RecoveryStep<?> step, Future<Plan> plan) {
    Duration limit = run.within(LIMIT);
    try {
      return plan.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return late(step, limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException(
          new Refusal(
              Code.INTERRUPTED,
              "The thread was interrupted while it looked at: " + step.operation() + ".",
              "Do it again when you are ready."),
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static Plan late(RecoveryStep<?> step, Duration limit) {
    return Plan.of(step.operation(), "what it works on")
        .refuse(
            Code.WAIT_TIMED_OUT,
            "The look at '%s' did not end within %s."
                .formatted(step.operation(), Durations.words(limit)),
            "Find out what does not answer, then try again.")
        .build();
  }

  private static Thread thread(Runnable look) {
    Thread thread = new Thread(look, "look");
    thread.setDaemon(true);
    return thread;
  }

  /** Whoever still looks is interrupted. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
