package io.clusterrecovery.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What somebody needs who works with a lab from outside its hosts. */
final class LabClients {
  private final Path folder;
  private final LabPki pki;
  private final KeyAndCertificate admin;

  private LabClients(Path folder, LabPki pki, KeyAndCertificate admin) {
    this.folder = folder;
    this.pki = pki;
    this.admin = admin;
  }

  static LabClients write(LabPlan plan, LabFrame frame, LabPki pki, KubernetesSeed kubernetes) {
    LabClients clients = new LabClients(frame.directory(), pki, kubernetes.admin());
    plan.etcd().map(LabPaths::etcd).ifPresent(etcd -> clients.link(etcd, "etcdctl", "etcdutl"));
    if (plan.kubernetes()) {
      clients.link(LabPaths.kubernetes(), "kubectl");
    }
    return clients;
  }

  EtcdAccess etcd() {
    return pki.etcdAccess();
  }

  Path bin() {
    return folder.resolve("bin");
  }

  synchronized Path kubeconfig(String address) {
    Path file = folder.resolve("kubeconfig-" + address);
    if (!Files.exists(file)) {
      String server = "https://" + address + ":6443";
      LabPki.secretFile(
          file, Kubeconfig.withCertificate(server, pki.kubernetes().certificate(), admin));
    }
    return file;
  }

  private void link(Path part, String... tools) {
    try {
      for (String tool : List.of(tools)) {
        Path from = part.resolve("usr/local/bin").resolve(tool);
        if (Files.exists(from)) {
          Files.createSymbolicLink(bin().resolve(tool), from);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
