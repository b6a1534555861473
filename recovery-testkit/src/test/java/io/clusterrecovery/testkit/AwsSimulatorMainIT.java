package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.route53.Route53Client;

class AwsSimulatorMainIT {
  @TempDir Path dir;

  @Test
  void main_killed_takesMotoWithIt() throws Exception {
    Process main = start();
    try {
      JsonNode made = made(main);
      ProcessHandle moto = ProcessHandle.of(made.path("motoPid").asLong()).orElseThrow();
      try (Route53Client route53 = AwsClients.route53(URI.create(made.path("endpoint").asText()))) {
        String zone = made.path("zoneId").asText();
        assertThat(route53.getHostedZone(r -> r.id(zone)).hostedZone().name())
            .isEqualTo("prod.test.");
      }
      assertThat(made.path("pid").asLong()).isEqualTo(main.pid());
      main.destroyForcibly().waitFor();
      AwsEventually.seen("moto's end", () -> moto, process -> !process.isAlive());
    } finally {
      main.destroyForcibly();
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            AwsSimulatorMain.class.getName(),
            "--dir",
            dir.toString(),
            "--listen",
            "127.0.0.1:0",
            "--moto-python",
            MotoServer.installed().toString(),
            "--zone",
            "prod.test",
            "--record",
            "etcd-0=10.0.0.10",
            "--target",
            "127.0.0.1")
        .redirectErrorStream(true)
        .redirectOutput(dir.resolve("main.log").toFile())
        .start();
  }

  private JsonNode made(Process main) {
    Path file = dir.resolve("aws.json");
    AwsEventually.seen("aws.json", () -> Files.exists(file) || !main.isAlive(), there -> there);
    assertThat(file).as("log: %s", dir.resolve("main.log")).exists();
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
