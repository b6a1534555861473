package io.clusterrecovery.etcd;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the bytes of a database come from. */
interface BoltSource {
  /** How many bytes there are. */
  long size() throws IOException;

  /** Fills a buffer from a place on, or fails. */
  void read(long position, ByteBuffer buffer) throws IOException;
}
