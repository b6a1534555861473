package io.clusterrecovery.k8s;

import static io.clusterrecovery.k8s.BadRequest.IP;
import static io.clusterrecovery.k8s.BadRequest.NODE;
import static io.clusterrecovery.k8s.BadRequest.client;
import static io.clusterrecovery.k8s.BadRequest.pem;
import static io.clusterrecovery.k8s.BadRequest.serving;
import static io.clusterrecovery.k8s.BadRequest.subject;
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
  private static final Instant LIMIT = FakeClock.START.minusSeconds(2);

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

  static Stream<BadRequest> bad() {
    return Stream.concat(
        BadRequest.all().stream(),
        Stream.of(
            new BadRequest(
                "a second early", "created-after", client().created(LIMIT.minusSeconds(1)))));
  }

  @ParameterizedTest
  @MethodSource("good")
  void all_goodRequest_hold(RequestFixture request) {
    assertThat(broken(request.request(), Set.of(), Map.of())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void rule_brokenAlone_isTheOnlyOneBroken(BadRequest bad) {
    assertThat(broken(bad.request().request(), Set.of(), Map.of())).containsExactly(bad.rule());
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
  void oldHostLost_olderNodeOrMachine_needsTheDeclaration() {
    for (String what : List.of("Node object", "Machine m-3")) {
      Map<String, List<OldObject>> old = objects(what, LIMIT.minusSeconds(1));
      assertThat(broken(client().request(), Set.of(), old)).containsExactly("old-host-lost");
      assertThat(broken(client().request(), Set.of(NODE), old)).isEmpty();
      assertThat(broken(client().request(), Set.of(), objects(what, LIMIT))).isEmpty();
    }
  }

  private static Map<String, List<OldObject>> objects(String what, Instant created) {
    return Map.of(NODE, List.of(new OldObject(what, created)));
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
    assertThat(accepts(Requester.rke2AndK3s(), token)).isFalse();
    assertThat(accepts(Requester.rke2AndK3s(), openShift)).isFalse();
    String[] groups = RequestFixture.TOKEN_GROUPS.toArray(String[]::new);
    assertThat(accepts(Requester.user(RequestFixture.TOKEN_USER, groups), token)).isTrue();
    assertThat(accepts(Requester.user(RequestFixture.TOKEN_USER), token)).isFalse();
    assertThat(accepts(Requester.user("system:bootstrap:......", groups), token)).isFalse();
  }

  private static boolean accepts(Requester requester, CertificateRequest request) {
    return requester.isUser(request.user()) && requester.hasGroups(request.groups());
  }

  private static List<String> broken(
      CertificateRequest request, Set<String> lost, Map<String, List<OldObject>> objects) {
    return verdicts(request, lost, objects).stream()
        .filter(v -> v.result() == Result.BROKEN)
        .map(RuleVerdict::rule)
        .toList();
  }

  private static List<RuleVerdict> verdicts(
      CertificateRequest request, Set<String> lost, Map<String, List<OldObject>> objects) {
    ExpectedNode node = ExpectedNode.of(NODE, List.of(IP, "fd00::13", "master-3.example.com"));
    Evidence evidence =
        new Evidence(
            Map.of(NODE, node), Requester.bootstrapTokens(), LIMIT, lost, objects, Map.of());
    return CsrRule.ALL.stream().map(rule -> rule.verdict(request, evidence)).toList();
  }
}
