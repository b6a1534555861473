package io.clusterrecovery;

/**
 * The port through which a recovery asks the cluster itself which proxy its hosts go through. A
 * caller that knows it needs none.
 */
public interface ClusterProxySource {

  /**
   * {@return the proxy in effect; {@link ClusterProxy#NONE} if the cluster has none or knows of no
   * such thing} Changes nothing.
   *
   * @throws RefusedException if the cluster cannot be asked, as while its API is down
   */
  ClusterProxy proxy();
}
