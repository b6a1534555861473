package io.clusterrecovery.aws;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Ready-made clients of Route 53 and Elastic Load Balancing, set as users of the AWS command line
 * have them.
 *
 * <p>Credentials are those of the profile that was named, and else of the SDK's default chain:
 * {@code AWS_ACCESS_KEY_ID} and its like, web identity, the profile of {@code AWS_PROFILE} (roles
 * and single sign-on included), container, instance. The region is the one that was named, and else
 * that of the default chain. {@code AWS_ENDPOINT_URL}, {@code AWS_ENDPOINT_URL_ROUTE_53}, {@code
 * AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2} and {@code endpoint_url} in the profile hold, unless
 * {@link Builder#endpoint(URI)} says otherwise.
 *
 * <p>Connections are made within 2 seconds and answers come within 10, or the call is made again by
 * the operation. Thread-safe. Closing it closes both clients.
 */
public final class AwsClients implements AutoCloseable {
  private static final Duration CONNECTION_LIMIT = Duration.ofSeconds(2);
  private static final Duration SOCKET_LIMIT = Duration.ofSeconds(10);

  private final SdkHttpClient http;
  private final SdkAutoCloseable credentials;
  private final Route53Client route53;
  private final ElasticLoadBalancingV2Client loadBalancing;
  private final Region region;

  private AwsClients(Builder settings) {
    Optional<String> profile = Optional.ofNullable(settings.profile);
    this.region = region(settings);
    AwsCredentialsProvider provider = credentials(profile);
    this.credentials = (SdkAutoCloseable) provider;
    this.http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECTION_LIMIT)
            .socketTimeout(SOCKET_LIMIT)
            .build();
    this.route53 = set(Route53Client.builder(), settings, provider).build();
    this.loadBalancing = set(ElasticLoadBalancingV2Client.builder(), settings, provider).build();
  }

  /** {@return a builder of clients that are set by the environment, and by what is said to it} */
  public static Builder fromEnvironment() {
    return new Builder();
  }

  /** {@return the client for {@link DnsUpdater#on}} */
  public Route53Client route53() {
    return route53;
  }

  /** {@return the client for {@link LoadBalancerUpdater#on}} */
  public ElasticLoadBalancingV2Client loadBalancing() {
    return loadBalancing;
  }

  /** Closes both clients. */
  @Override
  public void close() {
    route53.close();
    loadBalancing.close();
    http.close();
    credentials.close();
  }

  @Override
  public String toString() {
    return "AwsClients[" + region + "]";
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B set(
      B builder, Builder settings, AwsCredentialsProvider provider) {
    builder.region(region).credentialsProvider(provider).httpClient(http);
    // The endpoint may be a matter of the profile, so the client has to know which one it is.
    Optional.ofNullable(settings.profile)
        .ifPresent(name -> builder.overrideConfiguration(c -> c.defaultProfileName(name)));
    Optional.ofNullable(settings.endpoint).ifPresent(builder::endpointOverride);
    return builder;
  }

  // As on the command line, a profile that was named outweighs keys in the environment.
  private static AwsCredentialsProvider credentials(Optional<String> profile) {
    return profile.isPresent()
        ? ProfileCredentialsProvider.create(profile.get())
        : DefaultCredentialsProvider.builder().build();
  }

  private static Region region(Builder settings) {
    if (settings.region != null) {
      return Region.of(settings.region);
    }
    DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
    Optional.ofNullable(settings.profile).ifPresent(chain::profileName);
    try {
      return chain.build().getRegion();
    } catch (SdkClientException e) {
      throw new IllegalStateException(
          "no region was given: set AWS_REGION or the profile's region, or name one with region(…)",
          e);
    }
  }

  /**
   * Collects the settings, all of which may be left out. A setter that is called again throws
   * {@link IllegalStateException}, and names the value it holds. Not thread-safe.
   */
  public static final class Builder {
    private @Nullable String profile;
    private @Nullable String region;
    private @Nullable URI endpoint;

    private Builder() {}

    /**
     * Takes credentials, region and endpoint from that profile of the AWS configuration files.
     *
     * @throws IllegalArgumentException if they have no such profile
     */
    public Builder profile(String name) {
      requireNonNull(name, "name");
      ProfileFile files = ProfileFile.defaultProfileFile();
      if (files.profile(name).isEmpty()) {
        throw new IllegalArgumentException(
            "there is no profile '%s', but %s".formatted(name, files.profiles().keySet()));
      }
      this.profile = Require.once("profile", profile, name);
      return this;
    }

    /** Sets the region, such as {@code eu-west-1}. Route 53 has none: it is the same in all. */
    public Builder region(String region) {
      this.region = Require.once("region", this.region, region);
      return this;
    }

    /** Sends the requests of both services there, whatever the environment says. */
    public Builder endpoint(URI endpoint) {
      this.endpoint = Require.once("endpoint", this.endpoint, endpoint);
      return this;
    }

    /**
     * {@return the clients} Reads environment and configuration files; asks nobody, unless the
     * region is left to the instance it runs on.
     *
     * @throws IllegalStateException if no region was given and none is to be found
     */
    public AwsClients build() {
      return new AwsClients(this);
    }

    @Override
    public String toString() {
      return "AWS clients, not built yet";
    }
  }
}
