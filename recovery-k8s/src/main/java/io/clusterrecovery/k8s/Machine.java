package io.clusterrecovery.k8s;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A Machine of OpenShift, and the node that it is or will be.
 *
 * @param namespace its namespace
 * @param name its name
 * @param created when it was made, by the API server's clock
 * @param phase what the machine API says of it, such as {@code Running}; "" if it says nothing
 * @param node the name of its node, as registered or, before that, as its addresses tell; "" if
 *     neither is known yet
 * @param registered whether that node is there
 * @param internalIps its InternalIP addresses
 */
public record Machine(
    String namespace,
    String name,
    Instant created,
    String phase,
    String node,
    boolean registered,
    List<String> internalIps) {
  private static final String ROLE = "machine.openshift.io/cluster-api-machine-role";

  /** Checks for null, copies the list. */
  public Machine {
    requireNonNull(namespace, "namespace");
    requireNonNull(name, "name");
    requireNonNull(created, "created");
    requireNonNull(phase, "phase");
    requireNonNull(node, "node");
    internalIps = List.copyOf(internalIps);
  }

  static Machine read(JsonObject machine) {
    String registered = Doc.text(machine, "status", "nodeRef", "name");
    List<String> names = Doc.addresses(machine, "InternalDNS");
    String told = names.isEmpty() ? "" : DnsName.normalized(names.get(0));
    return new Machine(
        Doc.text(machine, "metadata", "namespace"),
        Doc.text(machine, "metadata", "name"),
        Doc.time(machine, "metadata", "creationTimestamp").orElse(Instant.EPOCH),
        Doc.text(machine, "status", "phase"),
        registered.isEmpty() ? told : registered,
        !registered.isEmpty(),
        Doc.addresses(machine, "InternalIP"));
  }

  /** {@return the machine, if its labels say that it is of the control plane} */
  static Optional<Machine> ofControlPlane(JsonObject machine) {
    boolean master = Doc.text(machine, "metadata", "labels", ROLE).equals("master");
    return master ? Optional.of(read(machine)) : Optional.empty();
  }

  @Override
  public String toString() {
    return "%s/%s %s, node %s%s, %s"
        .formatted(
            namespace,
            Shown.text(name),
            phase.isEmpty() ? "without a phase" : Shown.text(phase),
            node.isEmpty() ? "unknown" : Shown.text(node),
            registered ? "" : " (not there yet)",
            internalIps.isEmpty() ? "no address" : String.join(" ", internalIps));
  }
}
