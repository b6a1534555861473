package io.clusterrecovery.examples;

import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the examples are told of a lab, as somebody would write it down. */
final class LabSettings {
  private static final List<String> CREDENTIALS = List.of("aws.accessKeyId", "aws.secretAccessKey");

  private final Lab lab;
  private final Path dir;

  /**
   * Takes a lab.
   *
   * @param dir where the snapshot is, and where everything is written to
   */
  LabSettings(Lab lab, Path dir) {
    this.lab = lab;
    this.dir = dir;
  }

  /** Gives AWS's clients what the lab asks nobody for. */
  static void setCredentials() {
    CREDENTIALS.forEach(property -> System.setProperty(property, "lab"));
  }

  static void clearCredentials() {
    CREDENTIALS.forEach(System::clearProperty);
  }

  /** {@return the arguments of an example} Of a setting that is there twice the last one counts. */
  String[] with(String... more) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (LabHost host : lab.hosts()) {
      lines.append("address.%s=%s\n".formatted(host.name(), host.address()));
      lines.append("peer.%s=https://%s:2380\n".formatted(host.name(), host.address()));
    }
    lines.append(ways());
    List.of(more).forEach(line -> lines.append(line).append('\n'));
    Path file = Files.createTempFile(dir, "settings", ".properties");
    Files.writeString(file, lines);
    return new String[] {file.toString()};
  }

  private String ways() {
    return """
        survivor=master-0
        lost=master-1
        user=core
        identity=%s
        known_hosts=%s
        etcd.ca=%s
        etcd.cert=%s
        etcd.key=%s
        snapshot=%s/snapshot.db
        backups=%6$s
        kubeconfig=%7$s
        """
        .formatted(
            lab.sshKey(),
            lab.knownHosts(),
            lab.etcd().ca(),
            lab.etcd().cert(),
            lab.etcd().key(),
            dir,
            lab.kubeconfig(lab.host("master-0")));
  }
}
