package io.clusterrecovery.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clusterrecovery.Change;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A drill's report.
 *
 * @param lab the lab's id
 * @param versions the real parts and their versions
 * @param run what the SDK did
 * @param checks what was found afterwards
 */
record DrillReport(String lab, Map<String, String> versions, Report run, List<Check> checks) {
  private static final String SCHEMA = "cluster-recovery/drill/1";

  boolean held() {
    return checks.stream().allMatch(Check::ok);
  }

  /** Whether a step before the one that ended the run has changed something. */
  boolean changedAnything() {
    return run.steps().stream().anyMatch(step -> !step.changes().isEmpty());
  }

  void write(Path file) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", SCHEMA);
    json.put("outcome", outcome());
    json.put("lab", lab);
    json.put("versions", versions);
    json.put("steps", run.steps().stream().map(DrillReport::step).toList());
    json.put("waits", run.waits());
    json.put("checks", checks);
    json.put("forced", run.forced());
    RecoveryException failure = run.failure();
    if (failure != null) {
      json.put(
          "failure",
          Map.of("code", failure.code(), "found", failure.found(), "next", failure.next()));
    }
    try {
      Files.writeString(
          file, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the report cannot be written as JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException("the report cannot be written to " + file, e);
    }
  }

  /** The page is the SDK's own: what a drill adds is in the JSON and on the screen. */
  void writePage(Path file) {
    try {
      Files.writeString(file, run.toHtml());
    } catch (IOException e) {
      throw new UncheckedIOException("the report cannot be written to " + file, e);
    }
  }

  private String outcome() {
    boolean done = Exit.of(run.outcome()) == Exit.HELD;
    return done && !held() ? "CHECK_FAILED" : run.outcome().toString();
  }

  private static Map<String, Object> step(Report.Step step) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", step.name());
    json.put("started", step.started() == null ? null : step.started().toString());
    json.put("millis", step.millis());
    json.put("limitMillis", step.limitMillis());
    json.put("outcome", step.outcome());
    json.put("changes", step.changes().stream().map(DrillReport::change).toList());
    return json;
  }

  private static Map<String, String> change(Change change) {
    Map<String, String> json = new LinkedHashMap<>();
    json.put("id", change.id());
    json.put("what", change.what());
    json.put("on", change.on());
    json.put("from", change.from());
    json.put("to", change.to());
    return json;
  }

  @Override
  public String toString() {
    List<String> lines = new ArrayList<>(List.of(run.toString(), "", "checks"));
    checks.forEach(
        c -> lines.add("  %-4s %-22s %s".formatted(c.ok() ? "ok" : "FAIL", c.id(), c.found())));
    return String.join("\n", lines);
  }
}
