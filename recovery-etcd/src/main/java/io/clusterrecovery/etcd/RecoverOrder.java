package io.clusterrecovery.etcd;

import io.clusterrecovery.RunContext;
import io.clusterrecovery.Secret;
import java.time.Duration;
import java.util.Map;

/**
 * What a recovery script on a new master is given.
 *
 * @param signer whom it asks for certificates
 * @param address where it reaches signer and etcd
 * @param proxy a shell's assignments of the proxy's variables, which may hold a password
 * @param limit how long it is followed
 */
record RecoverOrder(EtcdSigner signer, String address, Secret proxy, Duration limit) {

  /** The images that it needs exported. */
  Map<String, String> images(RunContext run) {
    ReleaseImages images = signer.images(run);
    return Map.of(
        "SETUP_ETCD_ENVIRONMENT", images.environment(), "KUBE_CLIENT_AGENT", images.agent());
  }
}
