package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A recovery as a list of steps, run in order, with one deadline, one journal, and typed results.
 *
 * <ol>
 *   <li>Each step is planned when it is reached; one that refuses ends the run.
 *   <li>Before the first change, the hosts that it concerns are locked against other operators.
 *   <li>Each change is journalled before and after.
 *   <li>What a step found is reached by its {@link StepRef} in the steps after it.
 * </ol>
 *
 * <p>A built runbook is immutable; run it from one thread at a time.
 */
public final class Runbook {
  private final String name;
  private final List<RunbookStep<?>> steps;
  private final RunbookSettings settings;

  private Runbook(Builder settings) {
    this.name = settings.name;
    this.steps = List.copyOf(settings.steps);
    this.settings = settings.settings.copy();
  }

  /** {@return a builder of a runbook of that name} */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /**
   * {@return what each step would do, as far as it can be known now} A step that is built from
   * earlier results shows its scope alone. Changes nothing.
   */
  public RunbookPlan plan() {
    RunContext run = RunContext.of(settings.planning(steps));
    return new RunbookPlan(name, steps.stream().map(step -> step.planAhead(run)).toList());
  }

  /**
   * Runs all steps; returns however it ends, so that the report is always there. Only an {@link
   * Error} goes through: like a crash, it leaves the run to be taken up with {@link #resume()}.
   *
   * @return the report; {@link Report#orThrow()} throws what went wrong
   * @throws RefusedException if the journal cannot be used, or holds a run already
   */
  public Report run() {
    return execution(settings).run(null);
  }

  /**
   * Runs all steps as {@link #run()} does, held to a plan that was accepted.
   *
   * <ol>
   *   <li>The world is looked at again, and must give the same plan.
   *   <li>A step that has a plan in it may do fewer of those changes when its turn comes, since
   *       earlier steps have changed the world, but no other ones; a resumed run keeps to that for
   *       the steps that it has not begun.
   *   <li>A step that is built from earlier results is held to its scope.
   * </ol>
   *
   * @return the report
   * @throws RefusedException with {@link Code#PLAN_DRIFTED} naming the difference, or if the plan
   *     refuses anything, or as {@link #run()} does; nothing was changed, and the journal is as it
   *     was
   */
  public Report run(RunbookPlan accepted) {
    AcceptedPlan.requireUnchanged(accepted, plan());
    return execution(settings).run(accepted);
  }

  /**
   * Takes up the run in the journal again, under its id: each step looks at the world first, does
   * what is left of it, and a step that finds all as wanted changes nothing.
   *
   * @return the report, as {@link #run()} gives it
   * @throws RefusedException if there is no journal, or it holds no run of this runbook
   */
  public Report resume() {
    return execution(settings).resume();
  }

  /** {@return this run, begun as {@link #run()} does, in a thread of its own} */
  public Running<Report> start() {
    return started(execution -> execution.run(null));
  }

  /** {@return this run, begun as {@link #run(RunbookPlan)} does, in a thread of its own} */
  public Running<Report> start(RunbookPlan accepted) {
    requireNonNull(accepted, "accepted");
    return started(
        execution -> {
          AcceptedPlan.requireUnchanged(accepted, plan());
          return execution.run(accepted);
        });
  }

  /** {@return this run, taken up as {@link #resume()} does, in a thread of its own} */
  public Running<Report> startResuming() {
    return started(Execution::resume);
  }

  private Running<Report> started(Function<Execution, Report> run) {
    List<String> names = steps.stream().map(s -> s.ref().name()).toList();
    ProgressCollector progress = new ProgressCollector(names, settings.clock);
    RunbookSettings told = settings.copy();
    told.listener = progress.andThen(settings.listener);
    return Running.start(name, progress, () -> run.apply(execution(told)));
  }

  @Override
  public String toString() {
    return "Runbook '%s': %s"
        .formatted(name, String.join(", ", steps.stream().map(s -> s.ref().name()).toList()));
  }

  private Execution execution(RunbookSettings settings) {
    return new Execution(name, steps, settings);
  }

  /** Collects a runbook. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final List<RunbookStep<?>> steps = new ArrayList<>();
    private final RunbookSettings settings = new RunbookSettings();

    private Builder(String name) {
      this.name = requireNonNull(name, "name");
    }

    /** Sets the file that intent and outcome of each change are written to; none by default. */
    public Builder journal(Path file) {
      settings.journal = requireNonNull(file, "file");
      return this;
    }

    /**
     * Keeps a copy of the journal on a host, the survivor as a rule, from the first change on, in
     * case the machine that runs this is lost as well: {@link JournalCopy} fetches it. A copy that
     * cannot be made is told, and the recovery goes on.
     *
     * @param host who made it closes it
     * @throws IllegalStateException if it was set already
     */
    public Builder journalCopyOn(RemoteHost host) {
      requireNonNull(host, "host");
      settings.journalCopyOn = SetOnce.value("journalCopyOn", settings.journalCopyOn, host);
      return this;
    }

    /** Sets who is told what happens; nobody by default. */
    public Builder listener(EventListener listener) {
      settings.listener = requireNonNull(listener, "listener");
      return this;
    }

    /** Sets who is asked before each change; nobody by default. */
    public Builder confirming(Confirmation confirmation) {
      settings.confirmation = requireNonNull(confirmation, "confirmation");
      return this;
    }

    /** Sets how long all of it may take, more than zero; 2 hours by default. */
    public Builder deadline(Duration deadline) {
      settings.deadline = requireNonNull(deadline, "deadline");
      if (deadline.isZero() || deadline.isNegative()) {
        throw new IllegalArgumentException("deadline must be more than zero, was " + deadline);
      }
      return this;
    }

    /**
     * Names hosts that are locked before the first change of the run besides those that its steps
     * are known to change, such as hosts that are called lost: whichever of them can be reached.
     * The locks are given back when the run has ended well, or has changed nothing; one that ended
     * half way keeps them for {@link Runbook#resume()}, if it has a journal.
     *
     * @param hosts who made them closes them
     */
    public Builder lockOn(RemoteHost... hosts) {
      settings.lockOn.addAll(List.of(hosts));
      return this;
    }

    /**
     * Sets who locks of hosts are told to belong to, such as {@code alice@laptop}; the user of this
     * process at this machine if it is not set.
     *
     * @throws IllegalStateException if it was set already
     */
    public Builder owner(String owner) {
      settings.owner = SetOnce.value("owner", settings.owner, requireNonNull(owner, "owner"));
      return this;
    }

    /**
     * Takes locks of hosts over by force from that owner, as a refusal with {@link
     * Code#HOST_LOCKED} names it. Make sure that nothing of that run is at work any more. Plan and
     * report show it; another owner's lock is refused as ever.
     *
     * @throws IllegalStateException if it was set already
     */
    public Builder takeOver(String owner) {
      settings.takeOver =
          SetOnce.value("takeOver", settings.takeOver, requireNonNull(owner, "owner"));
      return this;
    }

    /** Sets the time to go by; the system's by default. */
    public Builder clock(Clock clock) {
      settings.clock = requireNonNull(clock, "clock");
      return this;
    }

    /** Adds a step. */
    public <R> StepRef<R> step(String name, RecoveryStep<R> step) {
      requireNonNull(step, "step");
      return add(new RunbookStep<>(new StepRef<>(name), null, results -> step));
    }

    /** Adds a step that is built from earlier results. */
    public <R> StepRef<R> step(String name, Function<Results, RecoveryStep<R>> step) {
      requireNonNull(step, "step");
      return add(new RunbookStep<>(new StepRef<>(name), Set.of(), step));
    }

    /**
     * Adds a step that is built from earlier results and may change nothing outside its scope.
     *
     * @param scope what its changes may be on: the values of {@link Change#on()}
     */
    public <R> StepRef<R> step(
        String name, Set<String> scope, Function<Results, RecoveryStep<R>> step) {
      requireNonNull(step, "step");
      return add(new RunbookStep<>(new StepRef<>(name), Set.copyOf(scope), step));
    }

    /**
     * {@return the runbook}
     *
     * @throws IllegalStateException if it has no steps, or a copy of a journal is to be made and
     *     there is none
     */
    public Runbook build() {
      if (steps.isEmpty()) {
        throw new IllegalStateException("runbook '" + name + "' has no steps: add one with step()");
      }
      if (settings.journalCopyOn != null && settings.journal == null) {
        throw new IllegalStateException("journalCopyOn needs a journal: set journal(file)");
      }
      return new Runbook(this);
    }

    private <R> StepRef<R> add(RunbookStep<R> step) {
      if (steps.stream().anyMatch(s -> s.ref().equals(step.ref()))) {
        throw new IllegalStateException("there is a step '" + step.ref().name() + "' already");
      }
      steps.add(step);
      return step.ref();
    }

    @Override
    public String toString() {
      return "Runbook '%s' of %d steps, not built yet".formatted(name, steps.size());
    }
  }
}
