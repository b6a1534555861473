package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import java.security.KeyPair;
import java.util.function.Consumer;

/**
 * A kubelet and the signer together: what is approved is issued, and a client certificate is
 * followed by a serving request.
 */
record Kubelet(FakeApi api, String node, String ip) implements Consumer<JsonObject> {

  static Kubelet on(FakeApi api, String node, String ip) {
    Kubelet kubelet = new Kubelet(api, node, ip);
    api.afterApproval = api.afterApproval.andThen(kubelet);
    return kubelet;
  }

  Kubelet asksForClient() {
    KeyPair key = Keys.p256();
    api.add(RequestFixture.client(node, key).named("client-of-" + node));
    return this;
  }

  @Override
  public void accept(JsonObject approved) {
    String name = Doc.text(approved, "metadata", "name");
    CertificateRequest request = RequestFixture.read(approved);
    if (!request.node().equals(node)) {
      return;
    }
    api.issue(name);
    if (request.kind() == CsrKind.CLIENT) {
      api.add(
          RequestFixture.serving(node, Keys.p256(), Pkcs10s.dns(node), Pkcs10s.ip(ip))
              .named("serving-of-" + node));
    }
  }
}
