package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.google.gson.JsonObject;
import io.clusterrecovery.k8s.RuleVerdict.Result;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CsrRuleTest {
  private static final String NODE = "master-3";
  private static final String IP = "10.0.1.13";
  private static final Instant LIMIT = FakeClock.START.minusSeconds(2);
  private static final List<String> ADMIN = List.of("system:masters", "system:authenticated");

  static Stream<Arguments> good() {
    return Stream.of(
        argumentSet("client", client()),
        argumentSet(
            "client with key encipherment",
            client().usages("key encipherment", "digital signature", "client auth")),
        argumentSet("client of RSA 2048", RequestFixture.client(NODE, Keys.rsa(2048))),
        argumentSet("client of P-384", RequestFixture.client(NODE, Keys.ec("P-384"))),
        argumentSet("client of P-521", RequestFixture.client(NODE, Keys.ec("P-521"))),
        argumentSet("client of Ed25519", RequestFixture.client(NODE, Keys.ed25519())),
        argumentSet(
            "client renewed by the node",
            client().by("system:node:" + NODE, Pkcs10s.kubeletGroups())),
        argumentSet("created at the limit", client().created(LIMIT)),
        argumentSet("serving", serving()),
        argumentSet(
            "serving with key encipherment",
            serving().usages("digital signature", "key encipherment", "server auth")),
        argumentSet("serving by IP alone", serving(Pkcs10s.ip(IP))),
        argumentSet("serving in other case", serving(Pkcs10s.dns("MASTER-3.Example.COM."))),
        argumentSet("serving by IPv6", serving(Pkcs10s.ip("fd00:0:0:0:0:0:0:13"))),
        argumentSet(
            "serving by IPv4 in IPv6",
            serving(new GeneralName(GeneralName.iPAddress, OddPkcs10s.mapped()))));
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        argumentSet("API client", "signer", client().signer("kubernetes.io/kube-apiserver-client")),
        argumentSet("legacy", "signer", client().signer("kubernetes.io/legacy-unknown")),
        argumentSet("signer like", "signer", serving().signer("kubernetes.io/kubelet-serving2")),
        argumentSet("a second early", "created-after", client().created(LIMIT.minusSeconds(1))),
        argumentSet("other node", "expected-node", RequestFixture.client("master-9")),
        argumentSet("longer name", "expected-node", RequestFixture.client("master-33")),
        argumentSet(
            "no node",
            "expected-node",
            client().pem(Pkcs10s.pem(RequestFixture.KEY, "O=system:nodes,CN=master-3"))),
        argumentSet(
            "admin", "requester", client().by("kubernetes-admin", RequestFixture.TOKEN_GROUPS)),
        argumentSet(
            "like a token",
            "requester",
            client().by("system:bootstrap:abcdefg", RequestFixture.TOKEN_GROUPS)),
        argumentSet(
            "other node's",
            "requester",
            client().by("system:node:master-4", RequestFixture.TOKEN_GROUPS)),
        argumentSet(
            "serving by another",
            "requester",
            serving().by("system:node:master-4", Pkcs10s.kubeletGroups())),
        argumentSet(
            "serving by a token",
            "requester",
            serving().by(RequestFixture.TOKEN_USER, Pkcs10s.kubeletGroups())),
        argumentSet("one group more", "groups", client().by(RequestFixture.TOKEN_USER, ADMIN)),
        argumentSet(
            "one group less",
            "groups",
            client().by(RequestFixture.TOKEN_USER, List.of("system:authenticated"))),
        argumentSet(
            "no nodes group",
            "groups",
            serving().by("system:node:" + NODE, List.of("system:authenticated"))),
        argumentSet(
            "no authenticated",
            "groups",
            serving().by("system:node:" + NODE, List.of("system:nodes"))),
        argumentSet(
            "client to serve", "usages", client().usages("digital signature", "server auth")),
        argumentSet(
            "both purposes",
            "usages",
            serving().usages("digital signature", "server auth", "client auth")),
        argumentSet("no signature", "usages", client().usages("client auth")),
        argumentSet(
            "to sign certificates",
            "usages",
            serving().usages("digital signature", "server auth", "cert sign")),
        argumentSet("RSA 1024", "key", RequestFixture.client(NODE, Keys.rsa(1024))),
        argumentSet("P-224", "key", RequestFixture.client(NODE, Keys.ec("P-224"))),
        argumentSet("secp256k1", "key", RequestFixture.client(NODE, Keys.ec("secp256k1"))),
        argumentSet("DSA", "key", RequestFixture.client(NODE, Keys.dsa())),
        argumentSet(
            "signed by another",
            "self-signature",
            client().pem(Pkcs10s.pem(RequestFixture.KEY, Keys.p256(), subject(), more -> {}))),
        argumentSet(
            "admin's O", "subject", client().pem(pem("O=system:masters,CN=system:node:master-3"))),
        argumentSet(
            "two O",
            "subject",
            client().pem(pem("O=system:nodes,O=system:masters,CN=system:node:master-3"))),
        argumentSet(
            "OU", "subject", client().pem(pem("O=system:nodes,OU=x,CN=system:node:master-3"))),
        argumentSet("no O", "subject", client().pem(pem("CN=system:node:master-3"))),
        argumentSet(
            "URI",
            "name-kinds",
            serving(
                Pkcs10s.ip(IP),
                new GeneralName(GeneralName.uniformResourceIdentifier, "spiffe://x"))),
        argumentSet(
            "e-mail",
            "name-kinds",
            serving(Pkcs10s.ip(IP), new GeneralName(GeneralName.rfc822Name, "a@b.c"))),
        argumentSet(
            "directory name",
            "name-kinds",
            serving(Pkcs10s.ip(IP), new GeneralName(GeneralName.directoryName, "CN=x"))),
        argumentSet(
            "client with a name",
            "names-present",
            client().pem(Pkcs10s.pem(RequestFixture.KEY, subject(), Pkcs10s.dns(NODE)))),
        argumentSet("serving without names", "names-present", serving(new GeneralName[0])),
        argumentSet(
            "foreign IP", "names-of-node", serving(Pkcs10s.ip(IP), Pkcs10s.ip("10.0.1.14"))),
        argumentSet("foreign name", "names-of-node", serving(Pkcs10s.dns("api.example.com"))),
        argumentSet("wildcard", "names-of-node", serving(Pkcs10s.dns("*.example.com"))),
        argumentSet("longer DNS name", "names-of-node", serving(Pkcs10s.dns("master-3.evil"))),
        argumentSet("two dots", "names-of-node", serving(Pkcs10s.dns("master-3.."))),
        argumentSet("IP as a name", "names-of-node", serving(Pkcs10s.dns(IP))),
        argumentSet("CA", "nothing-else", client().pem(OddPkcs10s.withExtension())),
        argumentSet("names twice", "nothing-else", serving().pem(OddPkcs10s.namedTwice())),
        argumentSet("challenge password", "nothing-else", client().pem(OddPkcs10s.withPassword())));
  }

  @ParameterizedTest
  @MethodSource("good")
  void all_goodRequest_hold(RequestFixture request) {
    assertThat(broken(request.request(), Set.of(), Map.of())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void rule_brokenAlone_isTheOnlyOneBroken(String rule, RequestFixture request) {
    assertThat(broken(request.request(), Set.of(), Map.of())).containsExactly(rule);
  }

  @Test
  void readable_variousRubbish_isBrokenWithoutException() {
    String good = pem(subject());
    List<String> rubbish =
        List.of(
            "",
            "rubbish",
            good + good,
            "preamble\n" + good,
            good.replace("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"),
            Pkcs10s.pem(new byte[] {0x30, 0x03, 0x02, 0x01, 0x00}),
            Pkcs10s.pem(new byte[0]),
            good.replaceFirst("MI", "MJ"),
            "x".repeat(100_000));
    assertThat(rubbish)
        .allSatisfy(
            pem ->
                assertThat(broken(client().pem(pem).request(), Set.of(), Map.of()))
                    .contains("readable", "expected-node", "self-signature"));
  }

  @Test
  void undecided_deniedOrFailed_isBroken() {
    for (String type : List.of(Condition.DENIED, Condition.FAILED)) {
      JsonObject document = client().document();
      RequestFixture.condition(document, type, "because");
      assertThat(broken(RequestFixture.read(document), Set.of(), Map.of()))
          .containsExactly("undecided");
    }
  }

  @Test
  void undecided_approvedBySomebody_holds() {
    JsonObject document = client().document();
    RequestFixture.condition(document, Condition.APPROVED, "because");
    assertThat(broken(RequestFixture.read(document), Set.of(), Map.of())).isEmpty();
  }

  @Test
  void oldHostLost_oldNodeObject_needsTheDeclaration() {
    Map<String, Instant> old = Map.of(NODE, LIMIT.minusSeconds(1));
    assertThat(broken(client().request(), Set.of(), old)).containsExactly("old-host-lost");
    assertThat(broken(client().request(), Set.of(NODE), old)).isEmpty();
    assertThat(broken(client().request(), Set.of(), Map.of(NODE, LIMIT))).isEmpty();
  }

  @Test
  void requester_renewalUnderTheNameOfALostHost_isBroken() {
    RequestFixture renewal = client().by("system:node:" + NODE, Pkcs10s.kubeletGroups());
    assertThat(broken(renewal.request(), Set.of(NODE), Map.of())).containsExactly("requester");
  }

  @Test
  void verdict_controlCharactersInARequest_areNotRepeated() {
    CertificateRequest request = client().by("evil\u001b[2J\nuser", List.of("a\u0007")).request();
    List<RuleVerdict> verdicts = verdicts(request, Set.of(), Map.of());
    assertThat(verdicts.toString()).doesNotContain("\u001b", "\u0007", "\n");
  }

  @Test
  void requester_profiles_takeTheirOwnAlone() {
    CertificateRequest token = client().request();
    CertificateRequest openShift =
        client()
            .by(
                "system:serviceaccount:openshift-machine-config-operator:node-bootstrapper",
                List.of(
                    "system:serviceaccounts:openshift-machine-config-operator",
                    "system:serviceaccounts",
                    "system:authenticated"))
            .request();
    assertThat(accepts(Requester.bootstrapTokens(), token)).isTrue();
    assertThat(accepts(Requester.bootstrapToken("abcdef"), token)).isTrue();
    assertThat(accepts(Requester.bootstrapToken("abcdeg"), token)).isFalse();
    assertThat(accepts(Requester.bootstrapTokens(), openShift)).isFalse();
    assertThat(accepts(Requester.openShiftNodeBootstrapper(), openShift)).isTrue();
    assertThat(accepts(Requester.openShiftNodeBootstrapper(), token)).isFalse();
  }

  private static boolean accepts(Requester requester, CertificateRequest request) {
    return requester.isUser(request.user()) && requester.hasGroups(request.groups());
  }

  private static List<String> broken(
      CertificateRequest request, Set<String> lost, Map<String, Instant> nodes) {
    return verdicts(request, lost, nodes).stream()
        .filter(v -> v.result() == Result.BROKEN)
        .map(RuleVerdict::rule)
        .toList();
  }

  private static List<RuleVerdict> verdicts(
      CertificateRequest request, Set<String> lost, Map<String, Instant> nodes) {
    ExpectedNode node = ExpectedNode.of(NODE, List.of(IP, "fd00::13", "master-3.example.com"));
    Evidence evidence =
        new Evidence(Map.of(NODE, node), Requester.bootstrapTokens(), LIMIT, lost, nodes);
    return CsrRule.ALL.stream().map(rule -> rule.verdict(request, evidence)).toList();
  }

  private static RequestFixture client() {
    return RequestFixture.client(NODE);
  }

  private static RequestFixture serving(GeneralName... names) {
    return RequestFixture.serving(NODE, RequestFixture.KEY, names);
  }

  private static RequestFixture serving() {
    return serving(Pkcs10s.dns(NODE), Pkcs10s.ip(IP));
  }

  private static String subject() {
    return RequestFixture.subject(NODE);
  }

  private static String pem(String subject) {
    return Pkcs10s.pem(RequestFixture.KEY, subject);
  }
}
