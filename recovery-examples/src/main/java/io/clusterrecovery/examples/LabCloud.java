package io.clusterrecovery.examples;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;

/** Clients of the simulated AWS. */
record LabCloud(SdkHttpClient http, Route53Client route53, ElasticLoadBalancingV2Client balancing)
    implements AutoCloseable {
  private static final Duration CALL_LIMIT = Duration.ofSeconds(10);

  static LabCloud of(URI endpoint) {
    SdkHttpClient http = UrlConnectionHttpClient.create();
    AwsCredentialsProvider credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("lab", "lab"));
    ClientOverrideConfiguration limits =
        ClientOverrideConfiguration.builder().apiCallAttemptTimeout(CALL_LIMIT).build();
    return new LabCloud(
        http,
        Route53Client.builder()
            .httpClient(http)
            .endpointOverride(endpoint)
            .credentialsProvider(credentials)
            .region(Region.US_EAST_1)
            .overrideConfiguration(limits)
            .build(),
        ElasticLoadBalancingV2Client.builder()
            .httpClient(http)
            .endpointOverride(endpoint)
            .credentialsProvider(credentials)
            .region(Region.US_EAST_1)
            .overrideConfiguration(limits)
            .build());
  }

  @Override
  public void close() {
    route53.close();
    balancing.close();
    http.close();
  }
}
