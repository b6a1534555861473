package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Operators of OpenShift that are degraded or not available, OAuth's among them. */
final class DegradedOperators implements ClusterCheck<OnCluster<List<JsonObject>>> {
  static final ApiResource OPERATORS =
      new ApiResource("config.openshift.io", "v1", "clusteroperators");

  /** Whose operator it is that people log in. */
  private static final String OAUTH = "authentication";

  @Override
  public String name() {
    return "cluster-operators";
  }

  @Override
  public OnCluster<List<JsonObject>> observe(KubeApi api, CleanSettings settings) {
    return OPERATORS.isOn(api)
        ? new OnCluster.There<>(Pages.all(api, OPERATORS.path()))
        : new OnCluster.Absent<>(OPERATORS.toString());
  }

  @Override
  public Diagnosis judge(OnCluster<List<JsonObject>> facts, CleanSettings settings) {
    Optional<List<JsonObject>> operators = facts.optional();
    if (operators.isEmpty()) {
      return Diagnosis.well(facts.toString());
    }
    List<String> troubles = new ArrayList<>();
    operators.get().forEach(operator -> trouble(operator).ifPresent(troubles::add));
    return troubles.isEmpty()
        ? Diagnosis.well("all %d operators are available".formatted(operators.get().size()))
        : Diagnosis.troubled(
            "%d operators are not well".formatted(troubles.size()),
            "redeploy the control plane's if they don't come back; read the others' conditions",
            troubles);
  }

  private static Optional<String> trouble(JsonObject operator) {
    String name = Doc.text(operator, "metadata", "name");
    boolean available = isTrue(operator, "Available");
    boolean degraded = isTrue(operator, "Degraded");
    if (available && !degraded) {
      return Optional.empty();
    }
    String what = available ? " is degraded" : " is not available";
    return Optional.of(name + what + (name.equals(OAUTH) ? ", so nobody can log in" : ""));
  }

  private static boolean isTrue(JsonObject operator, String condition) {
    return Doc.text(Doc.condition(operator, condition), "status").equals("True");
  }
}
