package io.clusterrecovery.etcd;

import java.nio.ByteBuffer;

/** Keeps the revision that came last. */
final class LastRevision implements BoltTree.Visitor {
  private long revision;

  @Override
  public void entry(ByteBuffer page, int keyAt, int keySize, int valueSize) {
    revision = KeyRevision.main(page, keyAt, keySize);
  }

  long revision() {
    return revision;
  }
}
