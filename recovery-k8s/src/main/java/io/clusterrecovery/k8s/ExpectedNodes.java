package io.clusterrecovery.k8s;

import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks the expected nodes against each other. */
final class ExpectedNodes {
  private ExpectedNodes() {}

  /** {@return what is wrong with them, or null} */
  static @Nullable String problem(Collection<ExpectedNode> nodes) {
    if (nodes.isEmpty()) {
      return "no node is expected: call expectNode(name, address)";
    }
    Map<String, String> owners = new HashMap<>();
    for (ExpectedNode node : nodes) {
      for (InetAddress address : node.addresses()) {
        String other = owners.put(address.getHostAddress(), node.name());
        if (other != null) {
          return "%s and %s are both expected at %s"
              .formatted(other, node.name(), address.getHostAddress());
        }
      }
    }
    return null;
  }
}
