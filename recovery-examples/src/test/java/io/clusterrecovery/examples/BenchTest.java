package io.clusterrecovery.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchTest {
  private static final Measurement HELD =
      new Measurement("a, against b", 1, 2.5, "s", 2.5, "≥ 1.20x", true, 5);
  private static final Measurement MISSED =
      new Measurement("alone", 3, null, "s", null, "≤ 2.0", false, 5);

  @TempDir Path dir;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void run_allHold_ends0AndPrintsATable() {
    assertThat(run(List.of(HELD), "some")).isEqualTo(Exit.HELD);
    assertThat(printed())
        .contains("figure        ours     theirs   ratio    goal     holds  rounds\n")
        .contains("a, against b  1.000 s  2.500 s  2.500 x  ≥ 1.20x  yes    5\n");
  }

  @Test
  void run_goalMissed_ends1AndWritesJsonAllTheSame() throws IOException {
    Path json = dir.resolve("out.json");
    assertThat(run(List.of(HELD, MISSED), "some", "--json", json.toString()))
        .isEqualTo(Exit.CHECK_FAILED);
    JsonNode all = new ObjectMapper().readTree(json.toFile());
    Iterator<String> names = all.get(0).fieldNames();
    assertThat(names)
        .toIterable()
        .containsExactly("figure", "ours", "theirs", "unit", "ratio", "goal", "holds", "rounds");
    assertThat(all.get(0).get("ratio").doubleValue()).isEqualTo(2.5);
    assertThat(all.get(1).get("theirs").isNull()).isTrue();
    assertThat(all.get(1).get("holds").booleanValue()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "other", "some more", "some --rounds 0", "some --size", "some -x"})
  void run_wrongUsage_ends2AndMeasuresNothing(String line) {
    List<String> arguments = line.isEmpty() ? List.of() : List.of(line.split(" ", -1));
    Benchmark never =
        (options, tell) -> {
          throw new AssertionError("it was measured");
        };
    assertThat(Bench.run(arguments, Map.of("some", never), out())).isEqualTo(Exit.USAGE);
    assertThat(printed()).startsWith("bench: ").contains("--help");
  }

  @Test
  void run_partMissing_ends3() {
    Benchmark missing =
        (options, tell) -> {
          throw new PartMissingException("no gcc");
        };
    assertThat(Bench.run(List.of("some"), Map.of("some", missing), out()))
        .isEqualTo(Exit.PART_MISSING);
    assertThat(printed()).contains("no gcc");
  }

  @Test
  void parse_allOptions_areTaken() {
    BenchOptions options =
        BenchOptions.parse(
            List.of("--rounds", "7", "some", "--size", "64", "--only", "warm", "--only", "Gbit"));
    assertThat(options).isEqualTo(new BenchOptions("some", List.of("warm", "Gbit"), null, 7, 64));
    assertThat(options.wants("upload, JVM warm")).isTrue();
    assertThat(options.wants("upload, second")).isFalse();
  }

  private Exit run(List<Measurement> results, String... arguments) {
    return Bench.run(List.of(arguments), Map.of("some", (options, tell) -> results), out());
  }

  private PrintStream out() {
    return new PrintStream(printed, true, StandardCharsets.UTF_8);
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
