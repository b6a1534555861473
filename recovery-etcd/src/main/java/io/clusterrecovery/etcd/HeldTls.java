package io.clusterrecovery.etcd;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Certificates of a host, read when they are first needed and then kept in memory. Thread-safe. */
final class HeldTls implements EtcdTls {
  private final EtcdTls.HostFiles files;
  private @Nullable SslContext held;

  HeldTls(EtcdTls.HostFiles files) {
    this.files = files;
  }

  @Override
  public synchronized SslContext context() throws IOException {
    SslContext context = held == null ? files.context() : held;
    held = context;
    return context;
  }

  @Override
  public String toString() {
    return files.toString();
  }
}
