package io.clusterrecovery;

import java.time.Duration;
import java.time.Instant;

/** Something that happened during a run, told to an {@link EventListener} as it happens. */
public sealed interface Event {

  /** {@return when it happened, by the run's clock} */
  Instant at();

  /** {@return the name of the step that it belongs to} */
  String step();

  /** A step begins. */
  record StepStarted(Instant at, String step, Duration limit) implements Event {}

  /** A step's plan was made. */
  record Planned(Instant at, String step, Plan plan) implements Event {}

  /** A step ended. */
  record StepFinished(Instant at, String step, Outcome outcome, Duration took) implements Event {}

  /** A change begins. */
  record ChangeStarted(Instant at, String step, Change change) implements Event {}

  /** A change ended; a failed one may have had an effect. */
  record ChangeFinished(Instant at, String step, Change change, Outcome outcome, Duration took)
      implements Event {}

  /** A wait begins. */
  record WaitStarted(Instant at, String step, String awaited, Duration limit) implements Event {}

  /** A wait goes on; told when what is seen differs from before. */
  record WaitProgress(
      Instant at, String step, String awaited, String seen, Duration elapsed, Duration limit)
      implements Event {}

  /** A wait ended. */
  record WaitFinished(
      Instant at, String step, String awaited, Outcome outcome, Duration took, Duration limit)
      implements Event {}

  /** Bytes of a file went over. */
  record Transfer(Instant at, String step, TransferProgress progress) implements Event {}

  /** A call that failed for a passing reason will be tried again. */
  record Retried(Instant at, String step, String call, int attempt, String failure)
      implements Event {}

  /** A line of output of something that runs, or a remark. */
  record Line(Instant at, String step, String text) implements Event {}
}
