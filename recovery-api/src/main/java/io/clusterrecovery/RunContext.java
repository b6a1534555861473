package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds a step while it runs: its identity, its time, its limits, who listens, and what
 * has been changed so far.
 *
 * <p>Thread-safe; a step uses it from one thread.
 */
public final class RunContext {
  private final RunSettings settings;
  private final String step;
  private final ChangeLog changes;

  private RunContext(RunSettings settings, String step, @Nullable ChangeLog outer) {
    this.settings = settings;
    this.step = step;
    this.changes = new ChangeLog(settings, step, outer);
  }

  /**
   * {@return a context for one operation by itself: the system's clock, no listener, no deadline}
   */
  public static RunContext standalone() {
    return builder().build();
  }

  /** {@return a builder of a context} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return the run's identity} */
  public RunId runId() {
    return settings.runId();
  }

  /** {@return the time this run goes by} */
  public Clock clock() {
    return settings.clock();
  }

  /** {@return the name of the step, as events and the journal have it} */
  public String step() {
    return step;
  }

  /** {@return the smaller of the given limit and what is left until the run's deadline} */
  public Duration within(Duration limit) {
    return settings.deadline().within(limit);
  }

  /** {@return what a step found and would do; a failure to look is a refusal in it} */
  public Plan plan(RecoveryStep<?> step) {
    return named(step).prepare(step).plan();
  }

  /**
   * Carries a step out: looks, decides, acts, verifies.
   *
   * @throws RefusedException if the plan refuses; nothing was changed
   * @throws StepFailedException if it failed after its first change
   * @throws TimedOutException if a wait reached its limit after its first change
   */
  public <R> R carryOut(RecoveryStep<R> step) {
    return locked(step, own -> own.perform(own.prepare(step)));
  }

  /**
   * Carries out a plan that was made earlier, and refuses if the world no longer matches it.
   *
   * @throws RefusedException with {@link Code#PLAN_DRIFTED} naming the difference
   */
  public <R> R carryOut(RecoveryStep<R> step, Plan accepted) {
    return locked(
        step,
        own -> {
          Prepared<R> prepared = own.prepare(step);
          PlanDrift.require(accepted, prepared.plan());
          return own.perform(prepared);
        });
  }

  private <R> R locked(RecoveryStep<R> step, Function<RunContext, R> act) {
    RunContext own = named(step);
    return this.step.isEmpty()
        ? own.settings.locks().during(() -> act.apply(own), own::line)
        : act.apply(own);
  }

  /**
   * Does one change: its intent and its outcome are journalled and told. A safe point to stop at.
   */
  public void change(Change change, Runnable act) {
    stopIfInterrupted();
    changes.perform(change, act);
  }

  /**
   * Waits until a probe is done, at the wait's pace, within its limit and the run's deadline.
   *
   * @return what was waited for
   * @throws RecoveryException at the limit, at an interrupt, or when the probe says never
   */
  public <T> T await(Wait wait, Supplier<Poll<T>> probe) {
    return new Waiting<T>(settings, step, wait, changes).until(probe);
  }

  /**
   * Makes a call that is safe to repeat, again if it fails for a passing reason: four times at
   * most, with growing, jittered pauses from 200 ms, within the run's deadline.
   *
   * @param call what is called, for the event that tells of a retry
   * @param passing tells whether a failure may pass by itself
   * @throws RuntimeException the last failure
   * @throws RecoveryException at an interrupt during a pause, with the last failure as its cause
   */
  public <T> T retrying(String call, Predicate<Throwable> passing, Supplier<T> attempt) {
    return retrying(call, Retries.of(passing), attempt);
  }

  /**
   * Makes a call that is safe to repeat, again as those rules say, within the run's deadline.
   *
   * @param call what is called, for the event that tells of a retry
   * @throws RuntimeException the last failure
   * @throws RecoveryException at an interrupt during a pause, with the last failure as its cause
   */
  public <T> T retrying(String call, Retries retries, Supplier<T> attempt) {
    RetryPause pause = new RetryPause(settings, step, changes, call);
    return new PassingFailures<T>(call, retries).retry(attempt, pause::before);
  }

  /**
   * {@return the value first given for this key in this run} A resumed run keeps the first value,
   * so a random token or a time stamp stays the same.
   */
  public String once(String key, Supplier<String> first) {
    return settings.memory().once(step + "/" + key, first);
  }

  /** {@return the value kept for this key, if there is one} */
  public Optional<String> remembered(String key) {
    return settings.memory().get(step + "/" + key);
  }

  /** Tells a line of output, or a remark. */
  public void line(String text) {
    tell(new Event.Line(now(), step, text));
  }

  /** Tells how far a transfer has come. */
  public void transferred(TransferProgress progress) {
    tell(new Event.Transfer(now(), step, progress));
  }

  /** {@return the changes completed so far, in order} */
  public List<Change> changed() {
    return changes.completed();
  }

  /** {@return the error of a verification that does not hold, or of a step that cannot go on} */
  public RecoveryException failure(
      Code code, String found, String next, @Nullable Throwable cause) {
    return changes.failure(code, found, next, cause);
  }

  /** Ends the step here if its thread was interrupted; the flag stays set. */
  public void stopIfInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw changes.failure(
          Code.INTERRUPTED, "The run was interrupted.", "Resume it when you are ready.", null);
    }
  }

  RunContext forStep(String name) {
    return new RunContext(settings, name, changes);
  }

  /** An operation by itself is known by its own name. */
  private RunContext named(RecoveryStep<?> operation) {
    return step.isEmpty()
        ? new RunContext(settings.lockingByItself(), operation.operation(), changes)
        : this;
  }

  <R> Prepared<R> prepare(RecoveryStep<R> step) {
    Prepared<R> looked = Observation.of(step, this);
    Plan plan = settings.locks().shownIn(looked.plan(), step.hosts());
    return new Prepared<>(plan, looked.act());
  }

  <R> R perform(Prepared<R> prepared) {
    Plan plan = prepared.plan();
    tell(new Event.Planned(now(), step, plan));
    if (!plan.refusals().isEmpty()) {
      Throwable cause = prepared.act() instanceof Observation.Failed<R> f ? f.cause() : null;
      throw cause instanceof RefusedException r ? r : new RefusedException(plan.refusals(), cause);
    }
    if (!plan.changes().isEmpty()) {
      settings.locks().take(this::line);
    }
    RunContext own = forStep(step);
    try {
      return prepared.act().apply(own);
    } catch (RuntimeException e) {
      throw own.changes.translated(e);
    }
  }

  @Override
  public String toString() {
    String where = step.isEmpty() ? "" : ", step '" + step + "'";
    return "run %s%s, %d changes so far".formatted(runId(), where, changed().size());
  }

  private void tell(Event event) {
    settings.tell(event);
  }

  private Instant now() {
    return clock().now();
  }

  /** Collects what a context is made of. Not thread-safe. */
  public static final class Builder {
    private Clock clock = Clock.system();
    private EventListener listener = EventListener.NONE;
    private Confirmation confirmation = Confirmation.ALL;
    private @Nullable RunId runId;
    private @Nullable Duration deadline;
    private @Nullable String owner;
    private @Nullable String takeOver;

    private Builder() {}

    /** Sets the time to go by; the system's by default. */
    public Builder clock(Clock clock) {
      this.clock = requireNonNull(clock, "clock");
      return this;
    }

    /** Sets who is told what happens; nobody by default. */
    public Builder listener(EventListener listener) {
      this.listener = requireNonNull(listener, "listener");
      return this;
    }

    /** Sets who is asked before each change; nobody by default. */
    public Builder confirming(Confirmation confirmation) {
      this.confirmation = requireNonNull(confirmation, "confirmation");
      return this;
    }

    /** Sets the identity; a new one by default. */
    public Builder runId(RunId runId) {
      this.runId = requireNonNull(runId, "runId");
      return this;
    }

    /** Sets how long all of it may take from now; no limit by default. */
    public Builder deadline(Duration deadline) {
      this.deadline = requireNonNull(deadline, "deadline");
      return this;
    }

    /**
     * Sets who locks of hosts are told to belong to, such as {@code alice@laptop}; the user of this
     * process at this machine if it is not set.
     *
     * @throws IllegalStateException if it was set already
     */
    public Builder owner(String owner) {
      this.owner = SetOnce.value("owner", this.owner, requireNonNull(owner, "owner"));
      return this;
    }

    /**
     * Takes locks of hosts over by force from that owner, as a refusal with {@link
     * Code#HOST_LOCKED} names it. Make sure that nothing of that run is at work any more: whatever
     * is goes on. Plan and report show it; another owner's lock is refused as ever.
     *
     * @throws IllegalStateException if it was set already
     */
    public Builder takeOver(String owner) {
      this.takeOver = SetOnce.value("takeOver", this.takeOver, requireNonNull(owner, "owner"));
      return this;
    }

    /** {@return the context} */
    public RunContext build() {
      RunId id = runId == null ? RunId.startingAt(clock.now()) : runId;
      Deadline end = deadline == null ? Deadline.none() : Deadline.in(deadline, clock);
      HostLocks locks = new HostLocks(id, new HostLocks.Terms(owner, takeOver, null), clock);
      RunMemory memory = new RunMemory(null);
      return new RunContext(
          new RunSettings(id, clock, listener, confirmation, end, memory, locks), "", null);
    }

    @Override
    public String toString() {
      return "run context, not built yet";
    }
  }

  static RunContext of(RunSettings settings) {
    return new RunContext(settings, "", null);
  }
}
