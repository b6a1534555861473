package io.clusterrecovery.aws;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The tags by which the controllers that keep a group's targets in step with a cluster's nodes mark
 * what is theirs: the service controller of the AWS cloud provider, and the AWS Load Balancer
 * Controller. {@code kubernetes.io/cluster/NAME=owned} is none of them: installers put it on load
 * balancers whose targets nobody keeps.
 */
final class ManagedTags {
  private static final List<String> KEYS =
      List.of("kubernetes.io/service-name", "elbv2.k8s.aws/cluster");

  private ManagedTags() {}

  static Optional<String> among(Collection<String> keys) {
    return KEYS.stream().filter(keys::contains).findFirst();
  }
}
