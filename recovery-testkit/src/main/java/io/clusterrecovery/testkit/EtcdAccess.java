package io.clusterrecovery.testkit;

import java.net.URI;
import java.nio.file.Path;

/**
 * What a client needs to talk to the lab's etcd.
 *
 * @param ca PEM file with the authority its servers' certificates come from
 * @param cert PEM file with a client certificate that may do everything
 * @param key PEM file with the key for it
 */
public record EtcdAccess(Path ca, Path cert, Path key) {
  /**
   * {@return where the etcd of that host serves clients}
   *
   * @param host a control-plane host
   */
  public URI endpoint(LabHost host) {
    return URI.create("https://" + host.address() + ":2379");
  }
}
