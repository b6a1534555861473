package io.clusterrecovery.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What of a recovery's time is the SDK's own: all of it but the time in which something else was
 * being waited for or changed, as the timeline of its report tells. What overlaps counts once.
 */
final class RecoverShare {
  private static final Set<String> OTHERS = Set.of("WAIT", "CHANGE", "TRANSFER");

  private record Span(long from, long to) {}

  private RecoverShare() {}

  /**
   * {@return the SDK's own seconds}
   *
   * @param seconds the whole, from the start of the process to its end
   */
  static double own(Path report, double seconds) throws IOException {
    List<Span> spans = new ArrayList<>();
    for (JsonNode moment : new ObjectMapper().readTree(report.toFile()).path("timeline")) {
      if (OTHERS.contains(moment.path("kind").asText())) {
        long from = Instant.parse(moment.path("at").asText()).toEpochMilli();
        spans.add(new Span(from, from + moment.path("millis").asLong()));
      }
    }
    return seconds - covered(spans) / 1e3;
  }

  private static long covered(List<Span> spans) {
    long covered = 0;
    long end = Long.MIN_VALUE;
    for (Span span : spans.stream().sorted(Comparator.comparingLong(Span::from)).toList()) {
      covered += Math.max(0, span.to() - Math.max(end, span.from()));
      end = Math.max(end, span.to());
    }
    return covered;
  }
}
