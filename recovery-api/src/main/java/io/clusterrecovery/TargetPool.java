package io.clusterrecovery;

import java.util.List;

/**
 * The port through which a recovery corrects where a load balancer sends what it takes in: target
 * groups of AWS by {@code LoadBalancerUpdater}, or any balancer by an implementation of the
 * caller's own.
 */
@FunctionalInterface
public interface TargetPool {

  /**
   * {@return the step after which the balancer sends to these targets}
   *
   * <p>Building it does no I/O; what the step does keeps to these rules:
   *
   * <ol>
   *   <li>New targets are added first, and awaited until the balancer itself calls them healthy;
   *       one that never gets there leaves the old ones in.
   *   <li>A healthy target is only taken out if it was named as leaving, and never the last one.
   *   <li>It reads back what the balancer holds; run again, it changes nothing.
   * </ol>
   *
   * @param targets addresses that shall serve, at least one
   * @param leaving addresses that shall not serve any longer, healthy or not; may be empty
   */
  RecoveryStep<?> serving(List<String> targets, List<String> leaving);
}
