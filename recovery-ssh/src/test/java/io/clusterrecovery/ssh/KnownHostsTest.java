package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.ssh.KnownHosts.Marker;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownHostsTest {
  private static final String KEY = " " + SampleKeys.line(SampleKeys.ED25519);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.0.1.13 | 10.0.1.13 | true",
        "10.0.1.13 | 10.0.1.1 | false",
        "10.0.1.13 | 1000.1.13 | false",
        "master-0,10.0.1.13 | 10.0.1.13 | true",
        "[10.0.1.13]:2222 | [10.0.1.13]:2222 | true",
        "[10.0.1.13]:2222 | 10.0.1.13 | false",
        "10.0.1.13 | [10.0.1.13]:2222 | false",
        "*.example.com | a.example.com | true",
        "*.example.com | a.b.example.com | true",
        "*.example.com | example.com | false",
        "master-? | master-1 | true",
        "master-? | master-10 | false",
        "*.example.com,!bad.example.com | bad.example.com | false",
        "!bad.example.com,*.example.com | bad.example.com | false",
        "*.example.com,!bad.example.com | good.example.com | true",
        "!bad.example.com | good.example.com | false",
        "Master-0.Example.com | master-0.example.com | true",
        "a+b | a+b | true",
        "a+b | aab | false",
      })
  void keys_line_isForTheNamesItSays(String hosts, String name, boolean itsKey) {
    assertThat(KnownHosts.parse(List.of(hosts + KEY)).keys(Marker.NONE, name))
        .isEqualTo(itsKey ? List.of(SampleKeys.ED25519) : List.of());
  }

  @Test
  void keys_hashedLine_isForTheNameThatSshKeygenHashed() {
    String hashed = "|1|wzv+j99ZvTYs4KkoWcLNhIRptfA=|IghXCIFj40d6vOeZfnuO05seT8c=" + KEY;
    KnownHosts known = KnownHosts.parse(List.of(hashed));
    assertThat(known.keys(Marker.NONE, "10.0.1.13")).containsExactly(SampleKeys.ED25519);
    assertThat(known.keys(Marker.NONE, "10.0.1.14")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"|1|", "|1|x", "|1|a|b|c", "|1|*|*"})
  void keys_hashedNameBroken_isForNobody(String hosts) {
    assertThat(KnownHosts.parse(List.of(hosts + KEY)).keys(Marker.NONE, "h")).isEmpty();
  }

  @Test
  void keys_markers_areKeptApart() {
    KnownHosts known =
        KnownHosts.parse(
            List.of(
                "h " + SampleKeys.line(SampleKeys.RSA) + " a comment",
                "@cert-authority *.example.com,h" + KEY,
                "@revoked\t* \t" + SampleKeys.line(SampleKeys.ECDSA)));
    assertThat(known.keys(Marker.NONE, "h")).containsExactly(SampleKeys.RSA);
    assertThat(known.keys(Marker.CERT_AUTHORITY, "h")).containsExactly(SampleKeys.ED25519);
    assertThat(known.keys(Marker.REVOKED, "h")).containsExactly(SampleKeys.ECDSA);
    assertThat(known.keys(Marker.REVOKED, "other")).containsExactly(SampleKeys.ECDSA);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# h ssh-ed25519 AAAA",
        "h",
        "h ssh-ed25519",
        "h ssh-ed25519 nonsense",
        "@later h ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILDrYsVx/gALyvc7KOqByNxjDxwARIbM/JGa1QTYV61A",
        "@revoked @cert-authority h",
        "@revoked",
        "h 1024 35 1234567",
      })
  void parse_lineWithoutKey_isLeftOut(String line) {
    assertThat(KnownHosts.parse(List.of(line)).lines()).isEmpty();
  }
}
