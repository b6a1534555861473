package io.clusterrecovery.etcd;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.RemoteHost;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where an etcd cluster is reached, and with which certificates: an immutable description; nothing
 * is connected until an operation runs, and nothing stays connected after it.
 */
public final class EtcdCluster {
  private static final Duration DEFAULT_CALL_LIMIT = Duration.ofSeconds(5);

  private final List<URI> endpoints;
  private final Function<URI, EtcdClient> connector;

  /** A cluster whose endpoints are reached by the given function. */
  EtcdCluster(List<URI> endpoints, Function<URI, EtcdClient> connector) {
    this.endpoints = endpoints;
    this.connector = connector;
  }

  /**
   * Starts a description.
   *
   * @param endpoints client URLs such as {@code https://10.0.143.125:2379}, at least one
   */
  public static Builder at(URI... endpoints) {
    return new Builder(List.of(endpoints));
  }

  List<URI> endpoints() {
    return endpoints;
  }

  /** This cluster with those endpoints before all others. */
  EtcdCluster preferring(List<URI> first) {
    List<URI> all = Stream.concat(first.stream(), endpoints.stream()).distinct().toList();
    return new EtcdCluster(all, connector);
  }

  EtcdClient connect(URI endpoint) {
    return connector.apply(endpoint);
  }

  private static EtcdClient connect(
      URI endpoint, @Nullable RemoteHost host, @Nullable EtcdTls tls, Duration callLimit) {
    EtcdWay way = host == null ? EtcdWay.direct(endpoint) : EtcdWay.through(host, endpoint);
    boolean connected = false;
    try {
      EtcdClient client = JetcdClient.connect(way, tls, callLimit);
      connected = true;
      return client;
    } finally {
      if (!connected) {
        way.close();
      }
    }
  }

  @Override
  public String toString() {
    return "etcd at " + endpoints;
  }

  /** Collects a description; each setting can be given once. Not thread-safe. */
  public static final class Builder {
    private final List<URI> endpoints;
    private @Nullable RemoteHost host;
    private @Nullable EtcdTls tls;
    private @Nullable Duration callLimit;

    private Builder(List<URI> endpoints) {
      if (endpoints.isEmpty()) {
        throw new IllegalArgumentException("at least one endpoint is needed");
      }
      endpoints.forEach(Urls::requireWithPort);
      this.endpoints = endpoints;
    }

    /**
     * Sets the certificates, as PEM files; needed for https endpoints. Read when an operation runs.
     *
     * @param ca the authority that signed the servers' certificates
     * @param certificate the client certificate
     * @param key its key, PKCS#8
     * @throws IllegalStateException if certificates were given already
     */
    public Builder tls(Path ca, Path certificate, Path key) {
      EtcdTls given =
          new EtcdTls.LocalFiles(
              requireNonNull(ca, "ca"),
              requireNonNull(certificate, "certificate"),
              requireNonNull(key, "key"));
      this.tls = SetOnce.value("tls", this.tls, given);
      return this;
    }

    /**
     * Sets the certificates that lie on a host, as PEM files which are read there as root when an
     * operation first needs them, and kept in this process's memory: nothing of them is written on
     * this machine. The key may be in PKCS#1, as OpenShift has RSA keys, or in PKCS#8.
     *
     * @param host the host; who made it closes it
     * @param ca the authority that signed the servers' certificates
     * @param certificate the client certificate
     * @param key its key
     * @throws IllegalStateException if certificates were given already
     */
    public Builder tlsFrom(RemoteHost host, String ca, String certificate, String key) {
      EtcdTls given =
          new HeldTls(
              new EtcdTls.HostFiles(
                  requireNonNull(host, "host"),
                  requireNonNull(ca, "ca"),
                  requireNonNull(certificate, "certificate"),
                  requireNonNull(key, "key")));
      this.tls = SetOnce.value("tls", this.tls, given);
      return this;
    }

    /**
     * Reaches every endpoint from a host, through tunnels, where only that host reaches them. Names
     * and addresses mean what they mean there, and the servers' certificates are still held against
     * them. Each connection opens a tunnel and closes it; the host stays open.
     *
     * @throws IllegalStateException if a host was given already
     */
    public Builder through(RemoteHost host) {
      this.host = SetOnce.value("through", this.host, host);
      return this;
    }

    /**
     * Sets how long one call may take, more than zero; 5 seconds by default.
     *
     * @throws IllegalStateException if it was set already
     */
    public Builder callLimit(Duration limit) {
      Duration given = Limits.positive("callLimit", limit);
      this.callLimit = SetOnce.value("callLimit", this.callLimit, given);
      return this;
    }

    /**
     * {@return the description}
     *
     * @throws IllegalStateException if an endpoint is https and no certificates were given
     */
    public EtcdCluster build() {
      if (tls == null && endpoints.stream().anyMatch(Urls::isHttps)) {
        throw new IllegalStateException(
            "the endpoints "
                + endpoints
                + " are https: give certificates with tls(ca, cert, key) or tlsFrom(…)");
      }
      EtcdTls withTls = tls;
      RemoteHost from = host;
      Duration limit = callLimit == null ? DEFAULT_CALL_LIMIT : callLimit;
      return new EtcdCluster(endpoints, endpoint -> connect(endpoint, from, withTls, limit));
    }

    @Override
    public String toString() {
      return "etcd at " + endpoints + ", not built yet";
    }
  }
}
