package io.clusterrecovery;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A plan as a person reads it. */
final class PlanTable {
  private PlanTable() {}

  static String of(Plan plan) {
    StringBuilder text = new StringBuilder();
    text.append(
        "Plan: %s, %s (fingerprint %s)\n"
            .formatted(plan.operation(), plan.target(), plan.fingerprint()));
    plan.facts().forEach(f -> text.append("  found   %s: %s\n".formatted(f.name(), f.value())));
    plan.forced().forEach(f -> text.append("  forced  %s\n".formatted(f)));
    plan.notes().forEach(n -> text.append("  note    %s\n".formatted(n)));
    plan.refusals().forEach(r -> text.append("  REFUSED %s\n".formatted(r)));
    text.append(plan.changes().isEmpty() ? nothing(plan) : table(plan.changes()));
    return text.toString().stripTrailing();
  }

  private static String nothing(Plan plan) {
    return plan.satisfied()
        ? "  All is as wanted: nothing to change.\n"
        : "  Nothing will be changed.\n";
  }

  private static String table(List<Change> changes) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("what", "on", "from", "to", "undo"));
    for (Change c : changes) {
      String undo = c.undo() == Change.Undo.POSSIBLE ? "yes" : "no";
      rows.add(List.of(c.what(), c.on(), c.from(), c.to(), undo));
    }
    return TextTable.of(rows).lines().map(l -> "  " + l + "\n").collect(Collectors.joining());
  }
}
