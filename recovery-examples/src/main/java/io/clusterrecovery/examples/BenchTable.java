package io.clusterrecovery.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Results as a person reads them. */
record BenchTable(List<Measurement> results) {
  private static final List<String> HEAD =
      List.of("figure", "ours", "theirs", "ratio", "goal", "holds", "rounds");

  @Override
  public String toString() {
    List<List<String>> rows = new ArrayList<>(List.of(HEAD));
    results.forEach(result -> rows.add(row(result)));
    int[] widths = new int[HEAD.size()];
    rows.forEach(
        row -> {
          for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], row.get(i).length());
          }
        });
    return String.join("\n", rows.stream().map(row -> line(row, widths)).toList());
  }

  private static List<String> row(Measurement result) {
    return List.of(
        result.figure(),
        amount(result.ours(), result.unit()),
        amount(result.theirs(), result.unit()),
        amount(result.ratio(), "x"),
        result.goal(),
        result.holds() ? "yes" : "NO",
        Integer.toString(result.rounds()));
  }

  private static String amount(@Nullable Double value, String unit) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.3f %s", value, unit);
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
    }
    return line.toString().stripTrailing();
  }
}
