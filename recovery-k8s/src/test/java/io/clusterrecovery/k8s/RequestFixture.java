package io.clusterrecovery.k8s;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;

/** A certificate request as the API shows it; a good one, until a test spoils it. */
final class RequestFixture {
  static final KeyPair KEY = Keys.p256();
  static final String TOKEN_USER = "system:bootstrap:abcdef";
  static final List<String> TOKEN_GROUPS =
      List.of(
          "system:bootstrappers",
          "system:bootstrappers:kubeadm:default-node-token",
          "system:authenticated");

  private String name = "csr-1";
  private String uid = "";
  private String signer;
  private String user;
  private List<String> groups;
  private List<String> usages;
  private Instant created = FakeClock.START;
  private String pem;

  private RequestFixture(
      String signer, String user, List<String> groups, String purpose, String pem) {
    this.signer = signer;
    this.user = user;
    this.groups = groups;
    this.usages = List.of("digital signature", purpose);
    this.pem = pem;
  }

  static RequestFixture client(String node) {
    return client(node, KEY);
  }

  static RequestFixture client(String node, KeyPair key) {
    return new RequestFixture(
        "kubernetes.io/kube-apiserver-client-kubelet",
        TOKEN_USER,
        TOKEN_GROUPS,
        "client auth",
        Pkcs10s.pem(key, subject(node)));
  }

  static RequestFixture serving(String node, String ip) {
    return serving(node, KEY, Pkcs10s.dns(node), Pkcs10s.ip(ip));
  }

  static RequestFixture serving(String node, KeyPair key, GeneralName... names) {
    return new RequestFixture(
        "kubernetes.io/kubelet-serving",
        "system:node:" + node,
        Pkcs10s.kubeletGroups(),
        "server auth",
        Pkcs10s.pem(key, subject(node), names));
  }

  static String subject(String node) {
    return "O=system:nodes,CN=system:node:" + node;
  }

  RequestFixture named(String name) {
    this.name = name;
    return this;
  }

  RequestFixture uid(String uid) {
    this.uid = uid;
    return this;
  }

  RequestFixture signer(String signer) {
    this.signer = signer;
    return this;
  }

  /** As Kubernetes before 1.18 shows it, where requests name no signer. */
  RequestFixture withoutSigner() {
    return signer("");
  }

  RequestFixture by(String user, List<String> groups) {
    this.user = user;
    this.groups = groups;
    return this;
  }

  RequestFixture usages(String... usages) {
    this.usages = List.of(usages);
    return this;
  }

  RequestFixture created(Instant created) {
    this.created = created;
    return this;
  }

  RequestFixture pem(String pem) {
    this.pem = pem;
    return this;
  }

  JsonObject document() {
    JsonObject metadata = new JsonObject();
    metadata.addProperty("name", name);
    metadata.addProperty("uid", uid.isEmpty() ? "uid-of-" + name : uid);
    metadata.addProperty("resourceVersion", "1");
    metadata.addProperty("creationTimestamp", created.toString());
    JsonObject spec = new JsonObject();
    if (!signer.isEmpty()) {
      spec.addProperty("signerName", signer);
    }
    spec.addProperty("username", user);
    spec.add("groups", list(groups));
    spec.add("usages", list(usages));
    byte[] bytes = pem.getBytes(StandardCharsets.UTF_8);
    spec.addProperty("request", Base64.getEncoder().encodeToString(bytes));
    JsonObject document = new JsonObject();
    document.add("metadata", metadata);
    document.add("spec", spec);
    document.add("status", new JsonObject());
    return document;
  }

  CertificateRequest request() {
    return read(document());
  }

  static CertificateRequest read(JsonObject document) {
    return CsrDocuments.read(document, CsrDocuments.content(document, cn -> true));
  }

  static void condition(JsonObject document, String type, String reason) {
    JsonObject condition = new JsonObject();
    condition.addProperty("type", type);
    condition.addProperty("status", "True");
    condition.addProperty("reason", reason);
    condition.addProperty("message", "by a test");
    JsonObject status = document.getAsJsonObject("status");
    JsonArray conditions =
        status.has("conditions") ? status.getAsJsonArray("conditions") : new JsonArray();
    conditions.add(condition);
    status.add("conditions", conditions);
  }

  private static JsonArray list(List<String> texts) {
    JsonArray list = new JsonArray();
    texts.forEach(list::add);
    return list;
  }
}
