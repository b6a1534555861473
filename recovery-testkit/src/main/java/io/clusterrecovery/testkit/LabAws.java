package io.clusterrecovery.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The simulated AWS of a lab: a process of its own that outlives this JVM. */
final class LabAws {
  private static final int PORT = 4566;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final LabFrame frame;

  LabAws(LabFrame frame) {
    this.frame = frame;
  }

  static Path pidFile(Path lab) {
    return lab.resolve("aws.pid");
  }

  void launch(Map<String, String> records, List<String> targets) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> argv = new ArrayList<>(List.of("setsid", java, "-Xmx128m", "-XX:+UseSerialGC"));
    argv.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    argv.add(AwsSimulatorMain.class.getName());
    argv.addAll(List.of("--dir", frame.services().toString()));
    argv.addAll(List.of("--listen", frame.network().gateway() + ":" + PORT));
    argv.addAll(List.of("--moto-python", LabPaths.moto().resolve("bin").toString()));
    argv.addAll(List.of("--zone", EtcdSeed.ZONE));
    records.forEach((name, ip) -> argv.addAll(List.of("--record", name + "=" + ip)));
    targets.forEach(ip -> argv.addAll(List.of("--target", ip)));
    Path pidFile = pidFile(frame.directory());
    Container.launch(frame.cgroups().folders("aws"), pidFile, log(), argv);
  }

  void awaitReady() {
    Path pidFile = pidFile(frame.directory());
    Await.until(
        "the simulated AWS is up (its log is " + log() + ")",
        LIMIT,
        () -> {
          if (ProcessId.recorded(pidFile).filter(each -> !each.isAlive()).isPresent()) {
            throw new LabException("the simulated AWS ended; its log is " + log());
          }
          return made().isPresent();
        });
  }

  URI endpoint() {
    return URI.create(fact("endpoint"));
  }

  String fact(String name) {
    return made()
        .map(facts -> facts.path(name).asText())
        .orElseThrow(() -> new IllegalStateException("this lab has no simulated AWS"));
  }

  private Optional<JsonNode> made() {
    Path file = frame.services().resolve("aws.json");
    try {
      return Files.exists(file)
          ? Optional.of(new ObjectMapper().readTree(file.toFile()))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path log() {
    return frame.directory().resolve("aws.log");
  }
}
