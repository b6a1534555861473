package io.clusterrecovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Chains of steps that do not depend on each other, each chain on a thread of its own. When one
 * fails, the others stop at their next safe point.
 *
 * <p>The plan is that of the first step of each chain; the others are planned when they are
 * reached.
 */
record SideBySide(String operation, List<List<RunbookStep<Boolean>>> chains)
    implements RecoveryStep<Boolean> {

  @Override
  public Prepared<Boolean> prepare(RunContext run) {
    List<RecoveryStep<?>> heads = new ArrayList<>();
    chains.forEach(chain -> heads.add(chain.get(0).build().apply(new Results())));
    Plan.Builder plan = Plan.of(operation, "at the same time");
    chains.forEach(
        chain ->
            plan.note(String.join(", then ", chain.stream().map(s -> s.ref().name()).toList())));
    try (Looks looks = Looks.at(heads, run)) {
      looks.plans().forEach(head -> add(head, plan));
    }
    return new Prepared<>(plan.build(), this::act);
  }

  private static void add(Plan head, Plan.Builder plan) {
    head.changes().forEach(plan::change);
    head.refusals().forEach(plan::refuse);
    head.forced().forEach(plan::forced);
    head.notes().forEach(note -> plan.note(head.operation() + ": " + note));
  }

  private boolean act(RunContext run) {
    ExecutorService threads = Executors.newFixedThreadPool(chains.size());
    ExecutorCompletionService<Boolean> ended = new ExecutorCompletionService<>(threads);
    chains.forEach(chain -> ended.submit(() -> carriedOut(chain, run)));
    List<Throwable> failures = new ArrayList<>();
    boolean interrupted = false;
    for (int left = chains.size(); left > 0; ) {
      try {
        failure(ended).ifPresent(failures::add);
        left--;
      } catch (InterruptedException e) {
        interrupted = true;
      }
      if (interrupted || !failures.isEmpty()) {
        threads.shutdownNow();
      }
    }
    threads.shutdown();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return endedWell(failures);
  }

  private static Optional<Throwable> failure(ExecutorCompletionService<Boolean> ended)
      throws InterruptedException {
    try {
      ended.take().get();
      return Optional.empty();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      return Optional.of(cause == null ? e : cause);
    }
  }

  /** Those that were stopped for the first one's sake are told beside it. */
  private static boolean endedWell(List<Throwable> failures) {
    if (failures.isEmpty()) {
      return true;
    }
    Throwable first = failures.get(0);
    failures.subList(1, failures.size()).forEach(first::addSuppressed);
    if (first instanceof Error error) {
      throw error;
    }
    throw first instanceof RuntimeException told ? told : new IllegalStateException(first);
  }

  private static boolean carriedOut(List<RunbookStep<Boolean>> chain, RunContext run) {
    Results results = new Results();
    for (RunbookStep<Boolean> step : chain) {
      RunContext own = run.forStep(step.ref().name());
      own.stopIfInterrupted();
      step.run(own, results, AcceptedPlan.anything());
    }
    return true;
  }
}
