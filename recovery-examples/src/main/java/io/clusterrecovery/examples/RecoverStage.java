package io.clusterrecovery.examples;

import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A fresh lab of three whose two lost masters are gone and whose two new ones are there. */
final class RecoverStage implements AutoCloseable {
  private static final int OBJECTS = 300;
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final DrillLab drill;
  private final Path folder;

  private RecoverStage(DrillLab drill, Path folder) {
    this.drill = drill;
    this.folder = folder;
  }

  static RecoverStage open() throws IOException {
    Lab lab =
        Lab.builder()
            .hosts("master-0", "master-1", "master-2")
            .kubernetes(true)
            .etcd(LabBuilder.ETCD_VERSION)
            .aws(true)
            .start();
    try {
      Path folder = Files.createDirectory(lab.directory().resolve("recover"));
      DrillLab drill =
          DrillLab.prepare(lab, OBJECTS, DrillOptions.Source.SNAPSHOT, folder, line -> {});
      drill.lose(line -> {});
      DrillLab.NEW.forEach(lab::create);
      return new RecoverStage(drill, folder);
    } catch (IOException | RuntimeException e) {
      lab.close();
      throw e;
    }
  }

  /** {@return the folder that the process may write to} */
  Path folder() {
    return folder;
  }

  /**
   * Runs a process that is told of the lab by its environment, and gives how long it took; the lab
   * is a healthy one afterwards.
   */
  double recoveredBy(List<String> command) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    ProcessBuilder process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    process.environment().putAll(variables());
    process
        .environment()
        .merge("PATH", drill.lab().bin().toString(), (old, bin) -> bin + ":" + old);
    long start = System.nanoTime();
    Process started = process.start();
    boolean ended = started.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    double seconds = (System.nanoTime() - start) / 1e9;
    if (!ended || started.exitValue() != 0) {
      started.destroyForcibly();
      throw new IllegalStateException(
          "%s %s:\n%s"
              .formatted(
                  command.get(0),
                  ended ? "ended with " + started.exitValue() : "did not end within " + LIMIT,
                  Files.readString(output)));
    }
    requireRecovered();
    return seconds;
  }

  private Map<String, String> variables() {
    Lab lab = drill.lab();
    Map<String, String> all = new LinkedHashMap<>();
    all.put("ETCDCTL_API", "3");
    all.put("ETCDCTL_ENDPOINTS", lab.etcd().endpoint(drill.survivor()).toString());
    all.put("ETCDCTL_CACERT", lab.etcd().ca().toString());
    all.put("ETCDCTL_CERT", lab.etcd().cert().toString());
    all.put("ETCDCTL_KEY", lab.etcd().key().toString());
    all.put("KUBECONFIG", lab.kubeconfig(drill.survivor()).toString());
    all.put("LAB_SSH_CONFIG", lab.sshConfig().toString());
    all.put("LAB_SSH_KEY", lab.sshKey().toString());
    all.put("LAB_KNOWN_HOSTS", lab.knownHosts().toString());
    all.put("AWS_ENDPOINT_URL", lab.awsEndpoint().toString());
    all.put("LAB_ZONE", lab.zone());
    all.put("LAB_ZONE_ID", lab.zoneId());
    all.put("LAB_TG_INTERNAL_ARN", lab.internalTargetGroup());
    all.put("LAB_TG_EXTERNAL_ARN", lab.externalTargetGroup());
    all.put("LAB_SNAPSHOT", drill.snapshot().toString());
    all.put("LAB_BACKUPS", folder.resolve("backups").toString());
    all.put("LAB_SURVIVOR", words(List.of(DrillLab.SURVIVOR)));
    all.put("LAB_LOST", words(DrillLab.LOST));
    all.put("LAB_NEW", words(DrillLab.NEW));
    return all;
  }

  private String words(List<String> names) {
    return names.stream()
        .map(name -> name + "=" + drill.lab().host(name).address())
        .collect(Collectors.joining(" "));
  }

  /** Both sides must come to the same. */
  private void requireRecovered() {
    LabTools tools = new LabTools(drill.lab());
    List<Check> checks =
        new ArrayList<>(new MemberChecks(drill, DrillOptions.Platform.SYSTEMD, tools).all());
    checks.add(new NodeChecks(drill, tools).ready());
    CloudChecks cloud = new CloudChecks(drill);
    checks.add(cloud.names());
    checks.addAll(cloud.targets());
    List<Check> failed = checks.stream().filter(check -> !check.ok()).toList();
    if (!failed.isEmpty()) {
      throw new IllegalStateException("not recovered: " + failed);
    }
  }

  @Override
  public void close() {
    drill.lab().close();
  }
}
