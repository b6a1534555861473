package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks for identity and age in the objects, as they come by in the order of their revisions. */
final class KubernetesTally {
  private static final byte[] KUBE_SYSTEM = "/namespaces/kube-system".getBytes(US_ASCII);
  private static final String NAMESPACE = "v1 Namespace";
  private static final int LONGEST_PREFIX = 256;

  /** The year 10000: what is later is no time. */
  private static final long END_OF_TIME = 253_402_300_800L;

  private @Nullable ClusterIdentity identity;
  private long newest;

  void see(ByteBuffer page, StoredKey stored) {
    KubernetesObject object = KubernetesObject.read(page, stored.valueAt(), stored.valueSize());
    if (object.newest() > newest && object.newest() < END_OF_TIME) {
      newest = object.newest();
    }
    if (object.kind().equals(NAMESPACE) && stored.keyEndsWith(page, KUBE_SYSTEM)) {
      int prefix = stored.keySize() - KUBE_SYSTEM.length;
      if (prefix <= LONGEST_PREFIX) {
        identify(prefix(page, stored.keyAt(), prefix), object.uid());
      }
    }
  }

  Optional<ClusterIdentity> identity() {
    return Optional.ofNullable(identity);
  }

  /** Looks at revisions, oldest first, until the identity is known: it is as old as the cluster. */
  BoltTree.Visitor untilIdentified() {
    return new BoltTree.Visitor() {
      @Override
      public void entry(ByteBuffer page, int keyAt, int keySize, int valueSize) {
        see(page, StoredKey.read(page, keyAt + keySize, valueSize));
      }

      @Override
      public boolean done() {
        return identity != null;
      }
    };
  }

  KubernetesContents contents(List<EncryptedBy> encryption) {
    return new KubernetesContents(identity(), newest(), encryption);
  }

  Optional<Instant> newest() {
    return newest == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(newest));
  }

  /** The shortest prefix counts, should there be another's namespaces below it. */
  private void identify(String prefix, String uid) {
    if (identity == null || prefix.length() <= identity.prefix().length()) {
      identity = new ClusterIdentity(prefix, uid);
    }
  }

  private static String prefix(ByteBuffer page, int at, int length) {
    byte[] bytes = new byte[length];
    page.get(at, bytes);
    return new String(bytes, UTF_8);
  }
}
