package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.etcd.PeerCertificateRules.Shown;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which certificates a new member would take at which peer URLs. */
class PeerCertificateRulesTest {

  @ParameterizedTest
  @CsvSource({
    // host of the peer URL, names in the certificate, its own authority: taken
    "etcd-0.lab.test, etcd-0.lab.test localhost,  false, true",
    "etcd-0.lab.test, localhost ETCD-0.lab.test., false, true",
    "etcd-0.lab.test, *.lab.test,                 false, true",
    "etcd-0.lab.test, *.test,                     false, false",
    "lab.test,        *.lab.test,                 false, false",
    "etcd-0.lab.test, etcd-1.lab.test 10.0.0.1,   false, false",
    "etcd-0.lab.test, '',                         false, false",
    "etcd-0.lab.test, etcd-1.lab.test,            true,  true",
    "10.0.0.1,        localhost 10.0.0.1,         false, true",
    "10.0.0.1,        10.0.0.11,                  false, false",
    "10.0.0.1,        *.0.0.1,                    false, false",
    "[fd00::1],       fd00:0:0:0:0:0:0:1,         false, true",
    "[fd00::1],       fd00:0:0:0:0:0:0:2,         false, false"
  })
  void refusals_certificateAtAPeerUrl_onlyForItsHostIsTaken(
      String host, String names, boolean selfSigned, boolean taken) {
    List<String> all = names.isEmpty() ? List.of() : List.of(names.split(" ", -1));
    Shown shown = shown(host, Optional.of(new PeerCertificate(all, selfSigned)), "");

    PeerCertificateRules rules = new PeerCertificateRules(List.of(shown));

    assertThat(rules.notes()).isEmpty();
    assertThat(rules.refusals()).hasSize(taken ? 0 : 1);
    rules
        .refusals()
        .forEach(
            refusal -> {
              assertThat(refusal.code()).isEqualTo(Code.MEMBER_MISMATCH);
              assertThat(refusal.found()).contains("member one (1)", host, all.toString());
            });
  }

  @Test
  void notes_certificateThatWasNotSeen_isToldAndRefusesNothing() {
    PeerCertificateRules rules =
        new PeerCertificateRules(List.of(shown("10.0.0.1", Optional.empty(), "nobody answers")));

    assertThat(rules.refusals()).isEmpty();
    assertThat(rules.notes())
        .containsExactly(
            "The certificate of member one at https://10.0.0.1:2380 was not seen: nobody answers.");
  }

  private static Shown shown(String host, Optional<PeerCertificate> certificate, String why) {
    URI url = URI.create("https://" + host + ":2380");
    EtcdMember member = new EtcdMember("1", "one", List.of(url), List.of(), EtcdMember.Role.VOTER);
    return new Shown(member, url, certificate, why);
  }
}
