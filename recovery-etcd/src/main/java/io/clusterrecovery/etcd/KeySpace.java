package io.clusterrecovery.etcd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** What comes of going over the bucket {@code key}, revision by revision. */
final class KeySpace {
  /** 16 MiB, for three quarters of a million keys in one pass. */
  private static final int SLOTS = 1 << 20;

  private final EncryptionTally encryption = new EncryptionTally();
  private final KubernetesTally kubernetes = new KubernetesTally();
  private LiveKeys live = LiveKeys.first(SLOTS);
  private long revision;
  private long keys;
  private boolean raised;

  /** Takes an entry, of the first pass. */
  void see(ByteBuffer page, int keyAt, int keySize, int valueSize) {
    revision = KeyRevision.main(page, keyAt, keySize);
    StoredKey stored = StoredKey.read(page, keyAt + keySize, valueSize);
    raised |= stored.keySize() == 0;
    keep(page, keyAt, keySize, stored);
    kubernetes.see(page, stored);
  }

  /** Goes over the database once more for those keys for which there was no room before. */
  void seeRest(BoltFile file, BoltBucket bucket) throws IOException {
    count();
    for (Optional<LiveKeys> next = live.next(); next.isPresent(); next = live.next()) {
      live = next.get();
      bucket.walk(new BoltPages(file), this::seeAgain);
      count();
    }
  }

  long revision() {
    return revision;
  }

  long keys() {
    return keys;
  }

  /** Whether there is a key without a name, which no client can write. */
  boolean raised() {
    return raised;
  }

  KubernetesContents kubernetes() {
    return kubernetes.contents(encryption.counted());
  }

  private void seeAgain(ByteBuffer page, int keyAt, int keySize, int valueSize) {
    keep(page, keyAt, keySize, StoredKey.read(page, keyAt + keySize, valueSize));
  }

  private void keep(ByteBuffer page, int keyAt, int keySize, StoredKey stored) {
    long print = stored.fingerprint(page);
    if (!live.holds(print)) {
      return;
    }
    if (KeyRevision.deletes(page, keyAt, keySize)) {
      live.remove(print);
    } else {
      live.put(print, encryption.tagOf(page, stored));
    }
  }

  private void count() {
    keys += live.size();
    live.forEachValue(encryption::count);
  }
}
