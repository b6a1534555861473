package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What each step of a runbook would do, as far as it can be known before the first one: plain data.
 *
 * @param runbook the runbook's name
 * @param steps its steps, in order
 */
public record RunbookPlan(String runbook, List<Ahead> steps) {

  /**
   * What is known of a step beforehand.
   *
   * @param step the step's name
   * @param plan its plan, or null if it is built from what earlier steps find
   * @param scope of a step without a plan, what its changes may be on, sorted; empty if it was not
   *     declared
   */
  public record Ahead(String step, @Nullable Plan plan, List<String> scope) {
    /** Copies the list. */
    public Ahead {
      requireNonNull(step, "step");
      scope = scope.stream().sorted().toList();
    }

    private String text() {
      if (plan != null) {
        return plan.toString();
      }
      return scope.isEmpty()
          ? "Depends on earlier results; no scope was declared."
          : "Depends on earlier results; may change " + String.join(", ", scope) + " alone.";
    }
  }

  /** Copies the list. */
  public RunbookPlan {
    requireNonNull(runbook, "runbook");
    steps = List.copyOf(steps);
  }

  /** {@return every reason not to start, of all steps, each once} */
  public List<Refusal> refusals() {
    return plans().stream().flatMap(p -> p.refusals().stream()).distinct().toList();
  }

  /** {@return each forcing that the caller wrote, of all steps} */
  public List<String> forced() {
    return plans().stream().flatMap(p -> p.forced().stream()).distinct().toList();
  }

  /** {@return how another plan of the same runbook differs, step by step; empty if it does not} */
  public List<String> differences(RunbookPlan other) {
    if (!runbook.equals(other.runbook) || !names().equals(other.names())) {
      return List.of(
          "was for '%s' with the steps %s, is for '%s' with the steps %s"
              .formatted(runbook, names(), other.runbook, other.names()));
    }
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      String difference = difference(steps.get(i), other.steps.get(i));
      if (!difference.isEmpty()) {
        differences.add("step '%s': %s".formatted(steps.get(i).step(), difference));
      }
    }
    return differences;
  }

  private static String difference(Ahead was, Ahead is) {
    Plan before = was.plan();
    Plan now = is.plan();
    if (before != null && now != null) {
      return before.fingerprint().equals(now.fingerprint()) ? "" : PlanDrift.between(before, now);
    }
    return was.equals(is) ? "" : "was: %s Is: %s".formatted(was.text(), is.text());
  }

  /** {@return this plan as JSON} */
  public String toJson() {
    return Json.write(this);
  }

  /**
   * Reads a plan back.
   *
   * @throws IllegalArgumentException if the text is not a plan of a runbook
   */
  public static RunbookPlan fromJson(String json) {
    return Json.read(json, RunbookPlan.class);
  }

  private List<String> names() {
    return steps.stream().map(Ahead::step).toList();
  }

  private List<Plan> plans() {
    List<Plan> plans = new ArrayList<>();
    for (Ahead ahead : steps) {
      Plan plan = ahead.plan();
      if (plan != null) {
        plans.add(plan);
      }
    }
    return plans;
  }

  @Override
  public String toString() {
    return IntStream.range(0, steps.size())
        .mapToObj(i -> numbered(i + 1, steps.get(i)))
        .collect(Collectors.joining("\n", "Runbook '" + runbook + "'\n", ""));
  }

  private static String numbered(int number, Ahead ahead) {
    return "%d. %s\n%s".formatted(number, ahead.step(), ahead.text().indent(3).stripTrailing());
  }
}
