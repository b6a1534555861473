package io.clusterrecovery.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.List;
import java.util.Set;

/** The lab's authorities, for etcd and for Kubernetes, and what everybody shares. */
final class LabPki {
  private final CertificateAuthority etcd = CertificateAuthority.create("etcd-ca");
  private final CertificateAuthority etcdMetric = CertificateAuthority.create("etcd-metric-ca");
  private final CertificateAuthority kubernetes = CertificateAuthority.create("kubernetes");
  private final KeyPair serviceAccounts = CertificateAuthority.newKeys();
  private final Path folder;

  LabPki(Path folder) {
    this.folder = folder;
    KeyAndCertificate client = etcd.issue("lab-client", List.of(), List.of());
    write("etcd-ca.crt", etcd.certificate());
    write("etcd-client.crt", client.certificate());
    write("etcd-client.key", client.key());
    write("kubernetes-ca.crt", kubernetes.certificate());
  }

  CertificateAuthority etcd() {
    return etcd;
  }

  /** Who signs for what OpenShift's monitoring of etcd shows. */
  CertificateAuthority etcdMetric() {
    return etcdMetric;
  }

  CertificateAuthority kubernetes() {
    return kubernetes;
  }

  String serviceAccountKey() {
    return CertificateAuthority.keyPem(serviceAccounts.getPrivate());
  }

  String serviceAccountPublicKey() {
    return CertificateAuthority.pem(serviceAccounts.getPublic());
  }

  EtcdAccess etcdAccess() {
    return new EtcdAccess(
        folder.resolve("etcd-ca.crt"),
        folder.resolve("etcd-client.crt"),
        folder.resolve("etcd-client.key"));
  }

  private void write(String name, String text) {
    secretFile(folder.resolve(name), text);
  }

  /** Writes a file that only its owner may read from its first byte on. */
  static void secretFile(Path file, String text) {
    try {
      Files.deleteIfExists(file);
      Files.newByteChannel(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
          .close();
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
