package io.clusterrecovery.k8s;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What a look at a host says about the kubelet there. */
sealed interface KubeletLook {

  /** It can't be said yet. */
  record Unknown(String why) implements KubeletLook {}

  /**
   * One kubelet runs there.
   *
   * @param started the earliest time at which it can have been started, by the API server's clock
   * @param keys the digests of the public keys to the private ones on its disk, by file name
   */
  record Running(Instant started, Map<String, String> keys) implements KubeletLook {
    private static final String FOR_ITS_REQUEST = "kubelet-client.key.tmp";

    public Running {
      keys = Map.copyOf(keys);
    }

    /** {@return whether the kubelet has the certificate that was issued for that key} */
    boolean serves(String keyDigest) {
      return keys.entrySet().stream()
          .anyMatch(e -> !e.getKey().equals(FOR_ITS_REQUEST) && e.getValue().equals(keyDigest));
    }

    /** {@return the key that it keeps for its client request, where it keeps one on disk} */
    Optional<String> requestKey() {
      return Optional.ofNullable(keys.get(FOR_ITS_REQUEST));
    }
  }
}
