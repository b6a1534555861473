package io.clusterrecovery.otel;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.Event;
import io.clusterrecovery.EventListener;
import io.clusterrecovery.Outcome;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Duration;

/**
 * A listener that tells of a run by OpenTelemetry's spans: one for each step, in it one for each
 * change, and one for each wait in the change or the step that waits.
 *
 * <ul>
 *   <li>Spans are named by what is done ({@code restore quorum}, {@code stop etcd}, {@code wait:
 *       unit etcd stopped}), begin and end at the times of the run's events, and have the
 *       attributes {@code recovery.step}, {@code recovery.target}, {@code recovery.from}, {@code
 *       recovery.to}, {@code recovery.limit_seconds} and {@code recovery.outcome}, as far as they
 *       apply.
 *   <li>What failed, reached its limit, was refused or was never told to have ended has the status
 *       {@code ERROR}.
 *   <li>What a wait sees, and calls that are tried again, are events of the innermost span. Lines
 *       of output and transfers are not told: they are long, and the report has them.
 * </ul>
 *
 * <p>Thread-safe. One listener may serve several runs, one after the other.
 */
public final class RecoverySpans implements EventListener {
  private static final String SCOPE = "io.clusterrecovery";
  private static final AttributeKey<String> SEEN = AttributeKey.stringKey("recovery.seen");
  private static final AttributeKey<String> CALL = AttributeKey.stringKey("recovery.call");
  private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("recovery.attempt");

  private final OpenSpans open;

  private RecoverySpans(Tracer tracer, Context parent) {
    this.open = new OpenSpans(tracer, parent);
  }

  /** {@return a listener whose steps are spans below the one that is current now, if any} */
  public static RecoverySpans on(OpenTelemetry telemetry) {
    return on(telemetry, Context.current());
  }

  /** {@return a listener whose steps are spans below that of the given context} */
  public static RecoverySpans on(OpenTelemetry telemetry, Context parent) {
    requireNonNull(parent, "parent");
    return new RecoverySpans(requireNonNull(telemetry, "telemetry").getTracer(SCOPE), parent);
  }

  @Override
  public synchronized void on(Event event) {
    if (event instanceof Event.StepStarted e) {
      open.step(e.at(), e.step(), limit(e.limit()));
    } else if (event instanceof Event.StepFinished e) {
      open.endStep(e.at(), e.step(), e.outcome());
    } else if (event instanceof Event.ChangeStarted e) {
      open.begin(e.at(), e.step(), e.change().id(), e.change().what(), change(e));
    } else if (event instanceof Event.ChangeFinished e) {
      open.end(e.at(), e.step(), e.change().id(), e.outcome());
    } else if (event instanceof Event.WaitStarted e) {
      open.begin(e.at(), e.step(), wait(e.awaited()), wait(e.awaited()), limit(e.limit()));
    } else if (event instanceof Event.WaitFinished e) {
      open.end(e.at(), e.step(), wait(e.awaited()), e.outcome());
    } else if (event instanceof Event.WaitProgress e) {
      Attributes seen = Attributes.of(SEEN, e.seen());
      open.event(e.at(), e.step(), wait(e.awaited()), "seen", seen);
    } else if (event instanceof Event.Retried e) {
      Attributes again = Attributes.of(CALL, e.call(), ATTEMPT, (long) e.attempt());
      open.innermostEvent(e.at(), e.step(), "tried again", again);
    }
  }

  private static String wait(String awaited) {
    return "wait: " + awaited;
  }

  private static Attributes limit(Duration limit) {
    return Attributes.of(AttributeKey.longKey("recovery.limit_seconds"), limit.toSeconds());
  }

  private static Attributes change(Event.ChangeStarted event) {
    return Attributes.of(
        AttributeKey.stringKey("recovery.target"),
        event.change().on(),
        AttributeKey.stringKey("recovery.from"),
        event.change().from(),
        AttributeKey.stringKey("recovery.to"),
        event.change().to());
  }

  static boolean wentWell(Outcome outcome) {
    return outcome == Outcome.DONE || outcome == Outcome.UNCHANGED;
  }

  @Override
  public String toString() {
    return "spans of a recovery";
  }
}
