package io.clusterrecovery.otel;

import io.clusterrecovery.Outcome;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** The spans of the steps that go on, each step's innermost last. Not thread-safe. */
final class OpenSpans {
  private static final String STEP = "";

  private final Tracer tracer;
  private final Context parent;
  private final Map<String, Deque<Open>> steps = new HashMap<>();

  OpenSpans(Tracer tracer, Context parent) {
    this.tracer = tracer;
    this.parent = parent;
  }

  private record Open(String key, Span span) {}

  void step(Instant at, String step, Attributes attributes) {
    steps.put(step, new ArrayDeque<>());
    begin(at, step, STEP, step, attributes);
  }

  /** What the step has left open has no outcome of its own any more, and gets the step's. */
  void endStep(Instant at, String step, Outcome outcome) {
    Deque<Open> left = steps.getOrDefault(step, new ArrayDeque<>());
    while (!left.isEmpty()) {
      end(left.removeLast().span(), at, outcome);
    }
    steps.remove(step);
  }

  /** Begins one in what is innermost; steps of a context without a runbook begin here too. */
  void begin(Instant at, String step, String key, String name, Attributes attributes) {
    Deque<Open> open = steps.computeIfAbsent(step, unused -> new ArrayDeque<>());
    Context in = open.isEmpty() ? parent : parent.with(open.getLast().span());
    Span span =
        tracer
            .spanBuilder(name)
            .setParent(in)
            .setStartTimestamp(at)
            .setAllAttributes(attributes)
            .setAttribute("recovery.step", step)
            .startSpan();
    open.addLast(new Open(key, span));
  }

  void end(Instant at, String step, String key, Outcome outcome) {
    Iterator<Open> innermostFirst = open(step).descendingIterator();
    while (innermostFirst.hasNext()) {
      Open open = innermostFirst.next();
      if (open.key().equals(key)) {
        innermostFirst.remove();
        end(open.span(), at, outcome);
        return;
      }
    }
  }

  void event(Instant at, String step, String key, String name, Attributes attributes) {
    open(step).stream()
        .filter(open -> open.key().equals(key))
        .findFirst()
        .ifPresent(open -> open.span().addEvent(name, attributes, at));
  }

  void innermostEvent(Instant at, String step, String name, Attributes attributes) {
    Open innermost = open(step).peekLast();
    if (innermost != null) {
      innermost.span().addEvent(name, attributes, at);
    }
  }

  private Deque<Open> open(String step) {
    return steps.getOrDefault(step, new ArrayDeque<>());
  }

  private static void end(Span span, Instant at, Outcome outcome) {
    span.setAttribute(AttributeKey.stringKey("recovery.outcome"), outcome.name());
    if (!RecoverySpans.wentWell(outcome)) {
      span.setStatus(StatusCode.ERROR, outcome.name());
    }
    span.end(at);
  }
}
