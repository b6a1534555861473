package io.clusterrecovery.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Sets a master up as OpenShift 4.1 has it: etcd, API server, controller manager and scheduler as
 * static pods, certificates and recovery scripts where they are there.
 */
final class OpenShift41Seed {
  private static final String FOLDER = "openshift41/";
  private static final String RESOURCES = "/etc/kubernetes/static-pod-resources/";
  private static final String ETCD = RESOURCES + "etcd-member/";
  private static final String API_SERVER = RESOURCES + "kube-apiserver-pod-1/";
  private static final String IMAGE = "/usr/local/lib/openshift41-image/";
  private static final String EXECUTABLE = "rwxr-xr-x";
  private static final List<String> MANIFESTS =
      List.of(
          "etcd-member.yaml",
          "kube-apiserver-pod.yaml",
          "kube-controller-manager-pod.yaml",
          "kube-scheduler-pod.yaml");

  private static final List<String> IMAGE_PROGRAMS =
      List.of("etcd", "kube-client-agent", "kube-etcd-signer-server", "setup-etcd-environment");
  private static final List<String> PROGRAMS =
      List.of(
          "crictl",
          "curl",
          "etcd-member-recover.sh",
          "etcd-snapshot-restore.sh",
          "oc",
          "openshift-recovery-tools",
          "tokenize-signer.sh");
  private static final List<String> TEMPLATES =
      List.of("etcd-generate-certs.yaml.template", "kube-etcd-cert-signer.yaml.template");

  private final LabPki pki;
  private final KubernetesSeed kubernetes;
  private final PodRuntimeSeed runtime;
  private final Optional<Path> scripts;

  /**
   * Takes what all masters share.
   *
   * @param scripts a release's own scripts, which take the place of the stand-ins
   */
  OpenShift41Seed(
      LabPki pki, KubernetesSeed kubernetes, PodRuntimeSeed runtime, Optional<Path> scripts) {
    this.pki = pki;
    this.kubernetes = kubernetes;
    this.runtime = runtime;
    this.scripts = scripts;
  }

  /** Writes all but the certificates of a member of etcd; a new master has none of its own. */
  void write(HostSeed seed, String name, String address) {
    runtime.write(seed, FOLDER + "make-image");
    kubernetes.writeForPods(seed, name, address);
    Map<String, String> values = kubernetes.values(name, address);
    MANIFESTS.forEach(
        each ->
            seed.template(
                "/etc/kubernetes/manifests/" + each, FOLDER + "manifests/" + each, values));
    seed.file("/etc/etcd/etcd.conf", HostSeed.resource(FOLDER + "etcd.conf"))
        .secret("/var/lib/kubelet/config.json", "{\"auths\": {\"quay.lab.test\": {}}}\n");
    authorities(seed);
    programs(seed);
    scripts.ifPresent(own -> overlay(seed, own));
  }

  private void authorities(HostSeed seed) {
    KeyAndCertificate client = pki.etcd().issue("etcd-client", List.of(), List.of());
    seed.file(ETCD + "ca.crt", pki.etcd().certificate())
        .file(ETCD + "metric-ca.crt", pki.etcdMetric().certificate())
        .file(ETCD + "root-ca.crt", pki.kubernetes().certificate())
        .file(API_SERVER + "configmaps/etcd-serving-ca/ca-bundle.crt", pki.etcd().certificate())
        .file(API_SERVER + "secrets/etcd-client/tls.crt", client.certificate())
        .secret(API_SERVER + "secrets/etcd-client/tls.key", client.key());
  }

  private static void programs(HostSeed seed) {
    IMAGE_PROGRAMS.forEach(
        each -> seed.file(IMAGE + each, HostSeed.resource(FOLDER + "image/" + each), EXECUTABLE));
    PROGRAMS.forEach(
        each ->
            seed.file(
                "/usr/local/bin/" + each, HostSeed.resource(FOLDER + "bin/" + each), EXECUTABLE));
    TEMPLATES.forEach(
        each ->
            seed.file(
                "/usr/local/share/openshift-recovery/template/" + each,
                HostSeed.resource(FOLDER + "template/" + each)));
  }

  /** Adds what makes the host one of the first members. */
  void founding(HostSeed seed, LabMember member) {
    String own = EtcdSeed.memberName(member.slot());
    CertificateAuthority etcd = pki.etcd();
    String wildcard = "*." + EtcdSeed.ZONE;
    member(
        seed, etcd, "server", own, List.of("localhost", wildcard, "127.0.0.1", member.address()));
    member(seed, etcd, "peer", own, List.of(own, EtcdSeed.ZONE, member.address()));
    member(seed, pki.etcdMetric(), "metric", own, List.of("localhost", own, member.address()));
  }

  private static void member(
      HostSeed seed, CertificateAuthority ca, String role, String own, List<String> names) {
    String subject = "system:etcd-" + role + ":" + own;
    KeyAndCertificate pair = ca.issue(subject, List.of("system:etcd-" + role + "s"), names);
    seed.file(ETCD + subject + ".crt", pair.certificate())
        .secret(ETCD + subject + ".key", pair.key());
  }

  private static void overlay(HostSeed seed, Path own) {
    copy(seed, own.resolve("bin"), "/usr/local/bin/", EXECUTABLE);
    copy(seed, own.resolve("share"), "/usr/local/share/", "rw-r--r--");
  }

  private static void copy(HostSeed seed, Path from, String to, String mode) {
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        seed.file(to + from.relativize(file), Files.readString(file), mode);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
