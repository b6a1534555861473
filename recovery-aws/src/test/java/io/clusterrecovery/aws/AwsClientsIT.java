package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.testkit.AwsCall;
import io.clusterrecovery.testkit.AwsSimulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients in processes of their own, since that is what an environment belongs to. */
class AwsClientsIT {
  private static final String NOWHERE = "http://127.0.0.1:1";

  @TempDir Path dir;
  private AwsSimulator aws;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void start() {
    aws = AwsSimulator.in(dir.resolve("aws")).start();
    environment.put("AWS_CONFIG_FILE", dir.resolve("config").toString());
    environment.put("AWS_SHARED_CREDENTIALS_FILE", dir.resolve("credentials").toString());
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  // The simulator has its groups in us-east-1, so that another region is seen to be another.
  @Test
  void clients_keysRegionAndEndpointInTheEnvironment_areUsed() throws Exception {
    keys();
    environment.put("AWS_REGION", "eu-west-1");
    environment.put("AWS_ENDPOINT_URL", aws.uri().toString());

    assertThat(run()).endsWith("AwsClients[eu-west-1]\n1 zones\n0 groups\n");
    assertThat(aws.calls()).extracting(AwsCall::service).contains("route53");
  }

  @Test
  void clients_endpointOfOneService_outweighsTheCommonOne() throws Exception {
    keys();
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_ENDPOINT_URL", NOWHERE);
    environment.put("AWS_ENDPOINT_URL_ROUTE_53", aws.uri().toString());
    environment.put("AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2", aws.uri().toString());

    assertThat(run()).endsWith("1 zones\n2 groups\n");
  }

  @Test
  void clients_profileNamed_givesKeysRegionAndEndpoint() throws Exception {
    files();

    assertThat(run("recovery")).endsWith("AwsClients[us-east-1]\n1 zones\n2 groups\n");
  }

  @Test
  void clients_profileOfTheEnvironment_isUsed() throws Exception {
    files();
    environment.put("AWS_PROFILE", "recovery");

    assertThat(run()).endsWith("AwsClients[us-east-1]\n1 zones\n2 groups\n");
  }

  @Test
  void clients_unknownProfile_failNamingThoseThatThereAre() throws Exception {
    files();

    assertThat(run("recovry")).contains("there is no profile 'recovry', but", "recovery");
  }

  @Test
  void clients_noRegionAnywhere_failSayingWhatToSet() throws Exception {
    keys();

    assertThat(run()).contains("no region was given: set AWS_REGION");
  }

  private void keys() {
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
  }

  private void files() throws IOException {
    Files.writeString(
        dir.resolve("config"),
        "[profile recovery]\nregion = us-east-1\nendpoint_url = " + aws.uri() + "\n");
    Files.writeString(
        dir.resolve("credentials"),
        "[recovery]\naws_access_key_id = profile\naws_secret_access_key = profile\n");
  }

  private String run(String... profile) throws Exception {
    ProcessBuilder process =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            AwsClientsMain.class.getName());
    process.command().addAll(List.of(profile));
    process.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    process.environment().putAll(environment);
    Path output = Files.createTempFile(dir, "run", ".txt");
    Process ended = process.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertThat(ended.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return Files.readString(output, StandardCharsets.UTF_8);
  }
}
