package io.clusterrecovery.aws;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;

/** Clients as users make them: with the retries of the AWS SDK, or without. */
final class AwsTestClients {
  // Longer than any test: what bounds a call must be the call's own limit.
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private AwsTestClients() {}

  static Route53Client route53(URI endpoint) {
    return set(Route53Client.builder(), endpoint, DefaultRetryStrategy.doNotRetry()).build();
  }

  static Route53Client retryingRoute53(URI endpoint) {
    RetryStrategy retries = DefaultRetryStrategy.standardStrategyBuilder().build();
    return set(Route53Client.builder(), endpoint, retries).build();
  }

  static ElasticLoadBalancingV2Client elb(URI endpoint) {
    return set(ElasticLoadBalancingV2Client.builder(), endpoint, DefaultRetryStrategy.doNotRetry())
        .build();
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B set(
      B builder, URI endpoint, RetryStrategy retries) {
    AwsBasicCredentials nobody = AwsBasicCredentials.create("test", "test");
    return builder
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(nobody))
        .httpClientBuilder(
            UrlConnectionHttpClient.builder().connectionTimeout(PATIENCE).socketTimeout(PATIENCE))
        .overrideConfiguration(c -> c.retryStrategy(retries));
  }
}
