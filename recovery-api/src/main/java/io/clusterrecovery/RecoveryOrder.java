package io.clusterrecovery;

import static io.clusterrecovery.RecoveryPart.APPROVAL;
import static io.clusterrecovery.RecoveryPart.BALANCER;
import static io.clusterrecovery.RecoveryPart.DNS;
import static io.clusterrecovery.RecoveryPart.GROWTH;
import static io.clusterrecovery.RecoveryPart.NODES;

import java.util.List;

/** In which order new masters become part of the cluster. */
public enum RecoveryOrder {
  /**
   * Certificates, nodes, DNS, load balancer, and etcd last: the order of OpenShift 4.1's runbook.
   * It is for new API servers that serve before etcd has grown.
   */
  GROWTH_LAST,
  /**
   * etcd grows before the load balancer is corrected: where a new API server speaks to its own
   * host's member alone, it serves once that is there, and not before.
   */
  GROWTH_BEFORE_BALANCER,
  /**
   * One master after the other grows etcd, and then has its certificates approved, as {@code
   * kubeadm join} does it; nodes and load balancer come when all have joined.
   */
  ONE_BY_ONE,
  /**
   * At the same time: certificates and nodes; DNS, then etcd's growth; the load balancer. It is for
   * new API servers that serve before etcd has grown, and for members of etcd that need no node.
   * Where the new masters are given, the API's controllers are waited for meanwhile, too.
   */
  SIDE_BY_SIDE;

  /** From new hosts to a full cluster. */
  List<RecoveryPart> parts() {
    return switch (this) {
      case GROWTH_LAST -> List.of(APPROVAL, NODES, DNS, BALANCER, GROWTH);
      case GROWTH_BEFORE_BALANCER -> List.of(APPROVAL, NODES, DNS, GROWTH, BALANCER);
      case ONE_BY_ONE -> List.of(DNS, GROWTH, APPROVAL, NODES, BALANCER);
      case SIDE_BY_SIDE -> List.of(APPROVAL, NODES, DNS, GROWTH, BALANCER);
    };
  }
}
