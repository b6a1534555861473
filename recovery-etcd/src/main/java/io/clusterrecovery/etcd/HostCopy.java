package io.clusterrecovery.etcd;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.RemoteHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A copy of a file on a host, which may hold all of a cluster's secrets: in a folder of its owner's
 * alone, and not for long.
 *
 * @param file the copy
 */
record HostCopy(Path file) implements AutoCloseable {

  static HostCopy of(RemoteHost host, String path) throws IOException {
    HostCopy copy = new HostCopy(Files.createTempDirectory("cluster-recovery-").resolve("copy"));
    try {
      host.download(path, copy.file(), progress -> {});
      return copy;
    } catch (RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
    Files.delete(requireNonNull(file.getParent()));
  }
}
