package io.clusterrecovery.k8s;

import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * A request of master-3 at 10.0.1.13, asked for by a bootstrap token, that breaks one rule alone.
 *
 * @param name what is bad about it
 * @param rule the rule it breaks
 */
record BadRequest(String name, String rule, RequestFixture request) {
  static final String NODE = "master-3";
  static final String IP = "10.0.1.13";
  private static final List<String> ADMIN = List.of("system:masters", "system:authenticated");

  /** {@return all that depend on nothing but the request} */
  static List<BadRequest> all() {
    return List.of(
        new BadRequest(
            "API client", "signer", client().signer("kubernetes.io/kube-apiserver-client")),
        new BadRequest("legacy", "signer", client().signer("kubernetes.io/legacy-unknown")),
        new BadRequest("signer like", "signer", serving().signer("kubernetes.io/kubelet-serving2")),
        new BadRequest("other node", "expected-node", RequestFixture.client("master-9")),
        new BadRequest("longer name", "expected-node", RequestFixture.client("master-33")),
        new BadRequest(
            "no node",
            "expected-node",
            client().pem(Pkcs10s.pem(RequestFixture.KEY, "O=system:nodes,CN=master-3"))),
        new BadRequest(
            "admin", "requester", client().by("kubernetes-admin", RequestFixture.TOKEN_GROUPS)),
        new BadRequest(
            "like a token",
            "requester",
            client().by("system:bootstrap:abcdefg", RequestFixture.TOKEN_GROUPS)),
        new BadRequest(
            "other node's",
            "requester",
            client().by("system:node:master-4", RequestFixture.TOKEN_GROUPS)),
        new BadRequest(
            "serving by another",
            "requester",
            serving().by("system:node:master-4", Pkcs10s.kubeletGroups())),
        new BadRequest(
            "serving by a token",
            "requester",
            serving().by(RequestFixture.TOKEN_USER, Pkcs10s.kubeletGroups())),
        new BadRequest("one group more", "groups", client().by(RequestFixture.TOKEN_USER, ADMIN)),
        new BadRequest(
            "one group less",
            "groups",
            client().by(RequestFixture.TOKEN_USER, List.of("system:authenticated"))),
        new BadRequest(
            "no nodes group",
            "groups",
            serving().by("system:node:" + NODE, List.of("system:authenticated"))),
        new BadRequest(
            "no authenticated",
            "groups",
            serving().by("system:node:" + NODE, List.of("system:nodes"))),
        new BadRequest(
            "client to serve", "usages", client().usages("digital signature", "server auth")),
        new BadRequest(
            "both purposes",
            "usages",
            serving().usages("digital signature", "server auth", "client auth")),
        new BadRequest("no signature", "usages", client().usages("client auth")),
        new BadRequest(
            "to sign certificates",
            "usages",
            serving().usages("digital signature", "server auth", "cert sign")),
        new BadRequest("RSA 1024", "key", RequestFixture.client(NODE, Keys.rsa(1024))),
        new BadRequest("P-224", "key", RequestFixture.client(NODE, Keys.ec("P-224"))),
        new BadRequest("secp256k1", "key", RequestFixture.client(NODE, Keys.ec("secp256k1"))),
        new BadRequest("DSA", "key", RequestFixture.client(NODE, Keys.dsa())),
        new BadRequest(
            "signed by another",
            "self-signature",
            client().pem(Pkcs10s.pem(RequestFixture.KEY, Keys.p256(), subject(), more -> {}))),
        new BadRequest(
            "admin's O", "subject", client().pem(pem("O=system:masters,CN=system:node:master-3"))),
        new BadRequest(
            "two O",
            "subject",
            client().pem(pem("O=system:nodes,O=system:masters,CN=system:node:master-3"))),
        new BadRequest(
            "OU", "subject", client().pem(pem("O=system:nodes,OU=x,CN=system:node:master-3"))),
        new BadRequest("no O", "subject", client().pem(pem("CN=system:node:master-3"))),
        new BadRequest(
            "URI",
            "name-kinds",
            serving(
                Pkcs10s.ip(IP),
                new GeneralName(GeneralName.uniformResourceIdentifier, "spiffe://x"))),
        new BadRequest(
            "e-mail",
            "name-kinds",
            serving(Pkcs10s.ip(IP), new GeneralName(GeneralName.rfc822Name, "a@b.c"))),
        new BadRequest(
            "directory name",
            "name-kinds",
            serving(Pkcs10s.ip(IP), new GeneralName(GeneralName.directoryName, "CN=x"))),
        new BadRequest(
            "client with a name",
            "names-present",
            client().pem(Pkcs10s.pem(RequestFixture.KEY, subject(), Pkcs10s.dns(NODE)))),
        new BadRequest("serving without names", "names-present", serving(new GeneralName[0])),
        new BadRequest(
            "foreign IP", "names-of-node", serving(Pkcs10s.ip(IP), Pkcs10s.ip("10.0.1.14"))),
        new BadRequest("foreign name", "names-of-node", serving(Pkcs10s.dns("api.example.com"))),
        new BadRequest("wildcard", "names-of-node", serving(Pkcs10s.dns("*.example.com"))),
        new BadRequest("longer DNS name", "names-of-node", serving(Pkcs10s.dns("master-3.evil"))),
        new BadRequest("two dots", "names-of-node", serving(Pkcs10s.dns("master-3.."))),
        new BadRequest("IP as a name", "names-of-node", serving(Pkcs10s.dns(IP))),
        new BadRequest("CA", "nothing-else", client().pem(OddPkcs10s.withExtension())),
        new BadRequest("names twice", "nothing-else", serving().pem(OddPkcs10s.namedTwice())),
        new BadRequest(
            "challenge password", "nothing-else", client().pem(OddPkcs10s.withPassword())));
  }

  @Override
  public String toString() {
    return name;
  }

  static RequestFixture client() {
    return RequestFixture.client(NODE);
  }

  static RequestFixture serving(GeneralName... names) {
    return RequestFixture.serving(NODE, RequestFixture.KEY, names);
  }

  static RequestFixture serving() {
    return serving(Pkcs10s.dns(NODE), Pkcs10s.ip(IP));
  }

  static String subject() {
    return RequestFixture.subject(NODE);
  }

  static String pem(String subject) {
    return Pkcs10s.pem(RequestFixture.KEY, subject);
  }
}
