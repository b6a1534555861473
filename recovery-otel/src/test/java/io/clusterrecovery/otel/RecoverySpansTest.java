package io.clusterrecovery.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Change;
import io.clusterrecovery.Event;
import io.clusterrecovery.Outcome;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecoverySpansTest {
  private static final Instant START = Instant.parse("2026-11-26T00:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String STEP = "restore quorum";
  private static final Change STOP = Change.of("stop@a", "stop etcd", "a", "runs", "stopped");

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final OpenTelemetrySdk telemetry =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                  .build())
          .build();
  private final RecoverySpans spans = RecoverySpans.on(telemetry);

  @AfterEach
  void close() {
    telemetry.close();
  }

  @Test
  void on_stepChangeAndWait_areSpansInEachOtherAtTheRunsTimes() {
    spans.on(new Event.StepStarted(at(0), STEP, MINUTE));
    spans.on(new Event.ChangeStarted(at(1), STEP, STOP));
    spans.on(new Event.WaitStarted(at(2), STEP, "etcd stopped", MINUTE));
    spans.on(new Event.WaitProgress(at(3), STEP, "etcd stopped", "runs", MINUTE, MINUTE));
    spans.on(new Event.WaitFinished(at(4), STEP, "etcd stopped", Outcome.DONE, MINUTE, MINUTE));
    spans.on(new Event.ChangeFinished(at(5), STEP, STOP, Outcome.DONE, MINUTE));
    spans.on(new Event.StepFinished(at(6), STEP, Outcome.DONE, MINUTE));

    SpanData step = span(STEP);
    SpanData change = span("stop etcd");
    SpanData wait = span("wait: etcd stopped");
    assertThat(step.getParentSpanId()).isEqualTo(SpanId.getInvalid());
    assertThat(change.getParentSpanId()).isEqualTo(step.getSpanId());
    assertThat(wait.getParentSpanId()).isEqualTo(change.getSpanId());
    assertThat(change.getStartEpochNanos()).isEqualTo(nanos(1));
    assertThat(change.getEndEpochNanos()).isEqualTo(nanos(5));
    assertThat(attribute(change, "recovery.target")).isEqualTo("a");
    assertThat(attribute(change, "recovery.outcome")).isEqualTo("DONE");
    assertThat(change.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(wait.getEvents()).singleElement().extracting("epochNanos").isEqualTo(nanos(3));
  }

  @Test
  void on_secondStep_isBesideTheFirstBelowTheGivenContext() {
    Span around = telemetry.getTracer("test").spanBuilder("around").startSpan();
    RecoverySpans below = RecoverySpans.on(telemetry, Context.root().with(around));
    for (String step : new String[] {"first", "second"}) {
      below.on(new Event.StepStarted(at(0), step, MINUTE));
      below.on(new Event.StepFinished(at(1), step, Outcome.UNCHANGED, MINUTE));
    }
    assertThat(exporter.getFinishedSpanItems())
        .hasSize(2)
        .extracting(SpanData::getParentSpanId)
        .containsOnly(around.getSpanContext().getSpanId());
    around.end();
  }

  @Test
  void on_failure_isAnErrorAndLeavesNothingOpen() {
    spans.on(new Event.StepStarted(at(0), STEP, MINUTE));
    spans.on(new Event.ChangeStarted(at(1), STEP, STOP));
    spans.on(new Event.WaitStarted(at(2), STEP, "etcd stopped", MINUTE));
    spans.on(new Event.Retried(at(3), STEP, "list", 2, "unavailable"));
    spans.on(new Event.StepFinished(at(4), STEP, Outcome.FAILED, MINUTE));
    assertThat(exporter.getFinishedSpanItems())
        .hasSize(3)
        .allSatisfy(s -> assertThat(s.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR));
    assertThat(span("wait: etcd stopped").getEvents())
        .singleElement()
        .extracting("name")
        .isEqualTo("tried again");
  }

  @Test
  void on_operationWithoutARunbook_begins() {
    spans.on(new Event.ChangeStarted(at(0), STEP, STOP));
    spans.on(new Event.ChangeFinished(at(1), STEP, STOP, Outcome.TIMED_OUT, MINUTE));
    spans.on(new Event.ChangeFinished(at(1), STEP, STOP, Outcome.DONE, MINUTE));
    assertThat(span("stop etcd").getStatus().getDescription()).isEqualTo("TIMED_OUT");
  }

  private SpanData span(String name) {
    return exporter.getFinishedSpanItems().stream()
        .filter(s -> s.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Object attribute(SpanData span, String key) {
    return span.getAttributes().get(AttributeKey.stringKey(key));
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }

  private static long nanos(int second) {
    return at(second).getEpochSecond() * 1_000_000_000L;
  }
}
