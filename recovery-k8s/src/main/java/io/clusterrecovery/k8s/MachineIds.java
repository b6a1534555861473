package io.clusterrecovery.k8s;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RemoteHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ids of machines, as their kubelets read them too.
 *
 * @param byNode for each node, the id of its machine
 * @param refusals why those are not known that are not
 */
record MachineIds(Map<String, String> byNode, List<Refusal> refusals) {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  MachineIds {
    byNode = Map.copyOf(byNode);
    refusals = List.copyOf(refusals);
  }

  /** Asks each host. */
  static MachineIds of(Map<String, RemoteHost> hosts) {
    Map<String, String> ids = new LinkedHashMap<>();
    List<Refusal> refusals = new ArrayList<>();
    hosts.forEach(
        (node, host) -> {
          try {
            CommandResult result = host.run(Command.of("cat", "/etc/machine-id").limit(LIMIT));
            if (result.succeeded()) {
              ids.put(node, result.out().strip());
            } else {
              String found = "%s does not tell its machine id: %s.";
              refusals.add(
                  new Refusal(
                      Code.COMMAND_FAILED,
                      found.formatted(host.name(), result.summary()),
                      "Look at /etc/machine-id there."));
            }
          } catch (RecoveryException e) {
            refusals.add(new Refusal(e.code(), e.found(), e.next()));
          }
        });
    return new MachineIds(ids, refusals);
  }
}
