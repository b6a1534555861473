package io.clusterrecovery.etcd;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an etcd cluster is reached, and with which certificates: an immutable description; nothing
 * is connected until an operation runs, and nothing stays connected after it.
 */
public final class EtcdCluster {
  private static final Duration DEFAULT_CALL_LIMIT = Duration.ofSeconds(5);

  private final List<URI> endpoints;
  private final @Nullable EtcdTls tls;
  private final Duration callLimit;

  private EtcdCluster(List<URI> endpoints, @Nullable EtcdTls tls, Duration callLimit) {
    this.endpoints = endpoints;
    this.tls = tls;
    this.callLimit = callLimit;
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

  EtcdClient connect(URI endpoint) {
    return JetcdClient.connect(endpoint, tls, callLimit);
  }

  @Override
  public String toString() {
    return "etcd at " + endpoints;
  }

  /** Collects a description. Not thread-safe. */
  public static final class Builder {
    private final List<URI> endpoints;
    private @Nullable EtcdTls tls;
    private Duration callLimit = DEFAULT_CALL_LIMIT;

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
     */
    public Builder tls(Path ca, Path certificate, Path key) {
      this.tls =
          new EtcdTls(
              requireNonNull(ca, "ca"),
              requireNonNull(certificate, "certificate"),
              requireNonNull(key, "key"));
      return this;
    }

    /** Sets how long one call may take, more than zero; 5 seconds by default. */
    public Builder callLimit(Duration limit) {
      this.callLimit = Limits.positive("callLimit", limit);
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
            "the endpoints " + endpoints + " are https: give certificates with tls(ca, cert, key)");
      }
      return new EtcdCluster(endpoints, tls, callLimit);
    }
  }
}
