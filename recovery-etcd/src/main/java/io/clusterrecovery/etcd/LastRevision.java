package io.clusterrecovery.etcd;

import java.nio.ByteBuffer;

/** Keeps the revision that came last, and looks for the time in those that come. */
final class LastRevision implements BoltTree.Visitor {
  private final KubernetesTally kubernetes;
  private long revision;

  LastRevision(KubernetesTally kubernetes) {
    this.kubernetes = kubernetes;
  }

  @Override
  public void entry(ByteBuffer page, int keyAt, int keySize, int valueSize) {
    revision = KeyRevision.main(page, keyAt, keySize);
    kubernetes.see(page, StoredKey.read(page, keyAt + keySize, valueSize));
  }

  long revision() {
    return revision;
  }
}
