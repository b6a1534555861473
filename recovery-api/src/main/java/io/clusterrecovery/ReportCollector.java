package io.clusterrecovery;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects a report from the events of a run. */
final class ReportCollector implements EventListener {
  private final Map<String, Report.Step> steps = new LinkedHashMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final Set<String> forced = new LinkedHashSet<>();
  private final TimelineCollector timeline = new TimelineCollector();
  private Duration limit = Duration.ZERO;
  private @Nullable Instant started;
  private @Nullable Plan plan;

  ReportCollector(List<String> stepNames) {
    for (String name : stepNames) {
      steps.put(name, new Report.Step(name, null, 0, 0, Outcome.NOT_REACHED, List.of(), null));
    }
  }

  @Override
  public void on(Event event) {
    timeline.on(event);
    if (event instanceof Event.StepStarted e) {
      changes.clear();
      plan = null;
      limit = e.limit();
      started = e.at();
    } else if (event instanceof Event.Planned e) {
      forced.addAll(e.plan().forced());
      plan = plan == null ? e.plan() : plan;
    } else if (event instanceof Event.ChangeFinished e && e.outcome() == Outcome.DONE) {
      changes.add(e.change());
    } else if (event instanceof Event.StepFinished e) {
      steps.put(e.step(), step(e));
    }
  }

  private Report.Step step(Event.StepFinished e) {
    return new Report.Step(
        e.step(),
        started,
        e.took().toMillis(),
        limit.toMillis(),
        e.outcome(),
        List.copyOf(changes),
        plan);
  }

  Report report(
      String runbook,
      RunId run,
      Outcome outcome,
      @Nullable Path journal,
      @Nullable RecoveryException failure) {
    List<Moment> moments = timeline.moments();
    return new Report(
        runbook,
        run.value(),
        outcome,
        List.copyOf(steps.values()),
        waits(moments),
        List.copyOf(forced),
        moments,
        journal,
        failure);
  }

  private static List<Report.Waited> waits(List<Moment> moments) {
    return moments.stream()
        .filter(m -> m.kind() == Moment.Kind.WAIT)
        .map(m -> new Report.Waited(m.what(), m.limitMillis(), m.millis()))
        .toList();
  }
}
