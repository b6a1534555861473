package io.clusterrecovery.etcd;

import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.Tunnel;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint is reached: as it is named, or through a tunnel that is closed with the client.
 */
final class EtcdWay implements AutoCloseable {
  private final URI endpoint;
  private final URI dialled;
  private final @Nullable Tunnel tunnel;

  private EtcdWay(URI endpoint, URI dialled, @Nullable Tunnel tunnel) {
    this.endpoint = endpoint;
    this.dialled = dialled;
    this.tunnel = tunnel;
  }

  static EtcdWay direct(URI endpoint) {
    return new EtcdWay(endpoint, endpoint, null);
  }

  static EtcdWay through(RemoteHost host, URI endpoint) {
    Tunnel tunnel = host.tunnel(Urls.host(endpoint), endpoint.getPort());
    String local = "%s://127.0.0.1:%d".formatted(endpoint.getScheme(), tunnel.localPort());
    return new EtcdWay(endpoint, URI.create(local), tunnel);
  }

  /** {@return the endpoint as people name it} */
  URI endpoint() {
    return endpoint;
  }

  /** {@return where to connect to} */
  URI dialled() {
    return dialled;
  }

  /** {@return whom the server must prove to be, whatever is connected to} */
  String authority() {
    return endpoint.getAuthority();
  }

  /** {@return what the tunnel knows of a failure, in brackets, or an empty text} */
  String remark() {
    return tunnel == null ? "" : tunnel.lastFailure().map(e -> " (" + e.found() + ")").orElse("");
  }

  @Override
  public void close() {
    if (tunnel != null) {
      tunnel.close();
    }
  }
}
