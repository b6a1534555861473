package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.OptionalInt;

/**
 * An operator of OpenShift that runs one part of the control plane as static pods, as its object
 * shows it.
 *
 * @param reason why it was last told to roll its pods out anew; "" if it never was
 * @param latest the revision of its pods that every host should have
 * @param current the revisions that the hosts have
 * @param settled whether it says itself that it is done, having seen what it was told last
 * @param said what it says itself about rolling out
 */
record Operator(String reason, int latest, List<Integer> current, boolean settled, String said) {
  Operator {
    current = List.copyOf(current);
  }

  static Operator read(JsonObject operator) {
    JsonObject progressing = Doc.condition(operator, "NodeInstallerProgressing");
    boolean seen =
        number(operator, "status", "observedGeneration").orElse(Integer.MAX_VALUE)
            >= number(operator, "metadata", "generation").orElse(0);
    return new Operator(
        Doc.text(operator, "spec", "forceRedeploymentReason"),
        number(operator, "status", "latestAvailableRevision").orElse(0),
        Doc.objects(operator, "status", "nodeStatuses").stream()
            .map(host -> number(host, "currentRevision").orElse(0))
            .toList(),
        seen && Doc.text(progressing, "status").equals("False"),
        Shown.text(Doc.text(progressing, "reason") + " " + Doc.text(progressing, "message")));
  }

  /** {@return whether every host runs a revision that is newer than that one} */
  boolean isRolledOutAfter(int before) {
    return settled
        && latest > before
        && !current.isEmpty()
        && current.stream().allMatch(revision -> revision == latest);
  }

  private static OptionalInt number(JsonObject from, String... path) {
    String text = Doc.text(from, path);
    return text.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
  }

  @Override
  public String toString() {
    return "revision %d, on its hosts %s: %s".formatted(latest, current, said);
  }
}
