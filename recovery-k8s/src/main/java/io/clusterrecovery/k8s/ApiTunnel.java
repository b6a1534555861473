package io.clusterrecovery.k8s;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.Tunnel;
import io.kubernetes.client.openapi.ApiClient;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;

/**
 * Reaches the Kubernetes API from a host, where only that host reaches it, for as long as this is
 * open.
 *
 * <p>The client keeps the server's address as it is: its name is resolved on the host, and the
 * server's certificate is still held against it. Calls of the client, and operations made on it
 * while this is open, go through the tunnel. Thread-safe.
 */
public final class ApiTunnel implements AutoCloseable {
  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  private final ApiClient client;
  private final OkHttpClient before;
  private final OkHttpClient through;
  private final Tunnel tunnel;

  private ApiTunnel(ApiClient client, OkHttpClient before, OkHttpClient through, Tunnel tunnel) {
    this.client = client;
    this.before = before;
    this.through = through;
    this.tunnel = tunnel;
  }

  /**
   * Opens a tunnel to the client's server, and sends the client's calls through it.
   *
   * @param host what reaches the server; it stays open when this is closed
   * @param client whose calls shall go through; closing this puts it back as it was
   * @throws RefusedException if the host cannot be reached
   */
  public static ApiTunnel open(RemoteHost host, ApiClient client) {
    requireNonNull(host, "host");
    OkHttpClient before = requireNonNull(client, "client").getHttpClient();
    URI server = URI.create(client.getBasePath());
    Tunnel tunnel = host.tunnel(bare(server.getHost()), port(server));
    // What the name means here is of no use: every connection goes to the tunnel.
    OkHttpClient through =
        before
            .newBuilder()
            .dns(name -> List.of(InetAddress.getLoopbackAddress()))
            .socketFactory(new TunnelSockets(tunnel.localPort()))
            .build();
    client.setHttpClient(through);
    return new ApiTunnel(client, before, through, tunnel);
  }

  /** {@return why the last connection through it did not come about or broke, if that is known} */
  public Optional<RecoveryException> lastFailure() {
    return tunnel.lastFailure();
  }

  /** Closes the tunnel; the client's calls go the direct way again. */
  @Override
  public void close() {
    client.setHttpClient(before);
    through.connectionPool().evictAll();
    tunnel.close();
  }

  private static int port(URI server) {
    if (server.getPort() > 0) {
      return server.getPort();
    }
    return "http".equals(server.getScheme()) ? HTTP : HTTPS;
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  @Override
  public String toString() {
    return "tunnel to " + client.getBasePath() + " at local port " + tunnel.localPort();
  }
}
