package io.clusterrecovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ReportTest {
  private final ManualClock clock = new ManualClock();

  @Test
  void toJson_failedRun_hasThePromisedForm() throws Exception {
    JsonNode json = new ObjectMapper().readTree(FailedRun.report(clock).toJson());
    assertThat(names(json))
        .containsExactlyInAnyOrder(
            "runbook", "run", "outcome", "steps", "waits", "forced", "timeline");
    assertThat(json.at("/runbook").asText()).isEqualTo("test book");
    assertThat(json.at("/outcome").asText()).isEqualTo("FAILED");
    assertThat(json.at("/forced/0").asText()).isEqualTo("acceptSnapshotWithoutChecksum");
  }

  @Test
  void toJson_steps_tellTimesLimitsOutcomeAndChanges() throws Exception {
    JsonNode steps = new ObjectMapper().readTree(FailedRun.report(clock).toJson()).at("/steps");
    JsonNode step = steps.get(0);
    assertThat(names(step))
        .containsExactly("name", "started", "millis", "limitMillis", "outcome", "changes", "plan");
    assertThat(step.at("/name").asText()).isEqualTo("first");
    assertThat(step.at("/started").asText()).isEqualTo("2026-11-23T00:00:00Z");
    assertThat(step.at("/millis").asLong()).isEqualTo(4_000);
    assertThat(step.at("/limitMillis").asLong()).isEqualTo(60_000);
    assertThat(step.at("/outcome").asText()).isEqualTo("DONE");
    assertThat(names(step.at("/changes/0"))).startsWith("id", "what", "on", "from", "to");
    assertThat(step.at("/changes/0/id").asText()).isEqualTo("first");
    assertThat(steps.get(1).at("/changes")).isEmpty();
    assertThat(steps.get(2).at("/started").isNull()).isTrue();
    assertThat(steps.get(2).at("/outcome").asText()).isEqualTo("NOT_REACHED");
  }

  @Test
  void toJson_waits_areShownAgainstTheirLimits() throws Exception {
    JsonNode wait = new ObjectMapper().readTree(FailedRun.report(clock).toJson()).at("/waits/0");
    assertThat(names(wait)).containsExactly("name", "limitMillis", "millis");
    assertThat(wait.at("/name").asText()).isEqualTo("the API to answer");
    assertThat(wait.at("/limitMillis").asLong()).isEqualTo(30_000);
    assertThat(wait.at("/millis").asLong()).isEqualTo(4_000);
  }

  @Test
  void toString_failedRun_isATableAndWhatWentWrong() {
    assertThat(FailedRun.report(clock).toString())
        .startsWith("Run ")
        .contains("'test book': FAILED", "first   DONE         4.0 s  1", "UNEXPECTED: ");
  }

  private static List<String> names(JsonNode node) {
    Iterable<String> names = node::fieldNames;
    return StreamSupport.stream(names.spliterator(), false).toList();
  }
}
