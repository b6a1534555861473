package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;

class KnownCsrsTest {
  private static final int LARGEST = 32 * 1024;

  private final KnownCsrs known = new KnownCsrs(Set.of("master-3"));

  @Test
  void put_largestRequestOfAnother_keepsLittleOfIt() {
    JsonObject document = asking(100).by("system:bootstrap:abcdef", List.of("any")).document();
    RequestFixture.condition(document, Condition.APPROVED, "ByATest");
    JsonObject condition =
        document.getAsJsonObject("status").getAsJsonArray("conditions").get(0).getAsJsonObject();
    condition.addProperty("message", "x".repeat(1_000_000));
    document.getAsJsonObject("status").addProperty("certificate", "x".repeat(1_000_000));
    CertificateRequest kept = known.put(document);
    assertThat(kept.content()).isInstanceOf(Content.Pkcs10.class);
    assertThat(kept.state()).isEqualTo(CsrState.ISSUED);
    assertThat(kept.toString()).hasSizeLessThan(LARGEST);
  }

  @Test
  void put_moreNamesThanAnyKubeletHas_isUnreadable() {
    CertificateRequest kept = known.put(asking(101).document());
    assertThat(kept.content())
        .isEqualTo(new Content.Unreadable("it asks for more names than any kubelet does"));
  }

  @Test
  void put_requestOfAnExpectedNode_keepsAllThatGoesBack() {
    JsonObject document = RequestFixture.client("master-3").document();
    assertThat(known.put(document).document()).isEqualTo(document);
  }

  private static RequestFixture asking(int names) {
    GeneralName[] all =
        IntStream.range(0, names)
            .mapToObj(i -> Pkcs10s.dns("n%03d.".formatted(i) + "x".repeat(60)))
            .toArray(GeneralName[]::new);
    return RequestFixture.serving("stranger", RequestFixture.KEY, all);
  }
}
