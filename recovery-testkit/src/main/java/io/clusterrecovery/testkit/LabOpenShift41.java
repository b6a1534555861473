package io.clusterrecovery.testkit;

import java.util.Map;

/** Puts into the API of a new lab what a cluster of OpenShift 4.1 has of etcd's recovery. */
final class LabOpenShift41 {
  private static final String NAMESPACES = "/api/v1/namespaces";

  private final KubeApi api;

  LabOpenShift41(KubeApi api) {
    this.api = api;
  }

  /** Makes the namespaces, and the secrets with the keys that etcd's certificates are signed by. */
  void prepare(LabPki pki) {
    for (String name : new String[] {"openshift-config", "openshift-etcd"}) {
      api.create(NAMESPACES, filled("namespace.json", Map.of("NAME", name)));
    }
    signer("etcd-signer", pki.etcd());
    signer("etcd-metric-signer", pki.etcdMetric());
  }

  private void signer(String name, CertificateAuthority ca) {
    Map<String, String> values =
        Map.of("NAME", name, "CRT", json(ca.certificate()), "KEY", json(ca.key()));
    api.create(NAMESPACES + "/openshift-config/secrets", filled("signer.json", values));
  }

  private static String filled(String resource, Map<String, String> values) {
    return HostSeed.filled("openshift41/" + resource, values);
  }

  private static String json(String text) {
    return text.replace("\n", "\\n");
  }
}
