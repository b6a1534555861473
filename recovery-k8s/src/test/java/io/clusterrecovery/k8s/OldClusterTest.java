package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kubernetes 1.14, which OpenShift 4.1 is, by a stub that replays its documented answers: such an
 * API server can't be had any more.
 */
class OldClusterTest extends ApproverSetup {
  @BeforeEach
  void age() {
    api.csrs = new CsrApi("v1beta1", false);
    put(
        "/version",
        """
        {"major": "1", "minor": "14+", "gitVersion": "v1.14.6+c4799753c"}
        """);
    put(
        "/apis/certificates.k8s.io",
        """
        {"kind": "APIGroup", "apiVersion": "v1", "name": "certificates.k8s.io",
         "versions": [{"groupVersion": "certificates.k8s.io/v1beta1", "version": "v1beta1"}],
         "preferredVersion": {"groupVersion": "certificates.k8s.io/v1beta1", "version": "v1beta1"}}
        """);
  }

  @Test
  void approve_withoutSigners_approvesBothAsThatVersionHasThem() {
    api.add(RequestFixture.client(NODE).withoutSigner().named("client"));
    api.afterApproval =
        csr -> {
          String name = Doc.text(csr, "metadata", "name");
          api.issue(name);
          if (name.equals("client")) {
            api.add(RequestFixture.serving(NODE, IP).withoutSigner().named("serving"));
          }
        };
    CsrReport report = run().carryOut(approver().build());
    assertThat(report.approved())
        .extracting(JudgedRequest::kind)
        .containsExactly(CsrKind.CLIENT, CsrKind.SERVING);
    JsonObject approved = Doc.objects(api.request("client"), "status", "conditions").get(0);
    assertThat(approved.keySet())
        .containsExactlyInAnyOrder("type", "lastUpdateTime", "reason", "message");
    assertThat(Doc.text(api.request("client"), "apiVersion"))
        .isEqualTo("certificates.k8s.io/v1beta1");
  }

  @Test
  void approve_noPermissionForSigners_isNotAskedFor() {
    api.denied.add("approve");
    assertThat(run().plan(approver().build()).refusals()).isEmpty();
  }

  @Test
  void approve_requestsOfEtcdBeside_areHeldWithoutNoise() {
    String subject = "O=system:etcd-servers,CN=system:etcd-server:etcd-0.example.com";
    api.add(
        RequestFixture.serving(NODE, IP)
            .withoutSigner()
            .by("system:serviceaccount:x:y", List.of())
            .pem(Pkcs10s.pem(RequestFixture.KEY, subject, Pkcs10s.dns("etcd-0.example.com")))
            .named("etcd"));
    assertThat(run().plan(approver().build()).notes()).noneMatch(n -> n.contains("etcd"));
  }

  @Test
  void discover_bothVersions_takesTheNewer() {
    put(
        "/apis/certificates.k8s.io",
        """
        {"versions": [{"version": "v1beta1"}, {"version": "v1"}]}
        """);
    assertThat(CsrApi.discover(KubeApi.of(api.client()))).isEqualTo(CsrApi.V1);
  }

  @Test
  void discover_betaOf118_hasSigners() {
    put("/version", "{\"minor\": \"18\"}");
    assertThat(CsrApi.discover(KubeApi.of(api.client()))).isEqualTo(new CsrApi("v1beta1", true));
  }

  static Stream<Arguments> kinds() {
    GeneralName name = Pkcs10s.dns(NODE);
    return Stream.of(
        argumentSet("client", RequestFixture.client(NODE), CsrKind.CLIENT),
        argumentSet("serving", RequestFixture.serving(NODE, IP), CsrKind.SERVING),
        argumentSet(
            "both, without names",
            RequestFixture.client(NODE).usages("client auth", "server auth"),
            CsrKind.CLIENT),
        argumentSet(
            "both, with names",
            RequestFixture.serving(NODE, IP).usages("client auth", "server auth"),
            CsrKind.SERVING),
        argumentSet("neither", RequestFixture.client(NODE).usages("cert sign"), CsrKind.OTHER),
        argumentSet(
            "no node",
            RequestFixture.client(NODE)
                .pem(Pkcs10s.pem(RequestFixture.KEY, "O=system:nodes,CN=x", name)),
            CsrKind.OTHER),
        argumentSet(
            "no group of nodes",
            RequestFixture.client(NODE)
                .pem(Pkcs10s.pem(RequestFixture.KEY, "O=x,CN=system:node:" + NODE)),
            CsrKind.OTHER),
        argumentSet("unreadable", RequestFixture.client(NODE).pem("rubbish"), CsrKind.OTHER));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void kind_withoutSigner_followsFromUsagesSubjectAndNames(RequestFixture request, CsrKind kind) {
    assertThat(request.withoutSigner().request().kind()).isEqualTo(kind);
  }

  private void put(String path, String json) {
    api.objects.put(path, JsonParser.parseString(json).getAsJsonObject());
  }
}
