package io.clusterrecovery.ssh;

import static io.clusterrecovery.ssh.SampleKeys.ECDSA;
import static io.clusterrecovery.ssh.SampleKeys.ED25519;
import static io.clusterrecovery.ssh.SampleKeys.OTHER_ED25519;
import static io.clusterrecovery.ssh.SampleKeys.RSA;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.ssh.HostTrust.Verdict;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostTrustTest {
  private static final List<PublicKey> NO_KEY = List.of();
  private static final List<Pin> NO_PIN = List.of();

  static Stream<Arguments> verdicts() {
    List<Pin> pin = List.of(Pin.of(ED25519));
    List<Pin> otherPin = List.of(Pin.of(OTHER_ED25519));
    return Stream.of(
        verdict("nothing known", trust(NO_KEY, NO_PIN, NO_PIN), Verdict.UNKNOWN),
        verdict("known", trust(List.of(ED25519), NO_PIN, NO_PIN), Verdict.TRUSTED),
        verdict("one of two known", trust(List.of(RSA, ED25519), NO_PIN, NO_PIN), Verdict.TRUSTED),
        verdict("other known", trust(List.of(OTHER_ED25519), NO_PIN, NO_PIN), Verdict.CHANGED),
        verdict("known by another type", trust(List.of(RSA), NO_PIN, NO_PIN), Verdict.CHANGED),
        verdict("pinned", trust(NO_KEY, pin, NO_PIN), Verdict.TRUSTED),
        verdict("other pinned", trust(NO_KEY, otherPin, NO_PIN), Verdict.CHANGED),
        verdict("other pinned, known", trust(List.of(ED25519), otherPin, NO_PIN), Verdict.CHANGED),
        verdict("pinned, other known", trust(List.of(OTHER_ED25519), pin, NO_PIN), Verdict.CHANGED),
        verdict("pinned, other type known", trust(List.of(RSA), pin, NO_PIN), Verdict.TRUSTED),
        verdict("rebuilt", trust(NO_KEY, NO_PIN, pin), Verdict.TRUSTED),
        verdict(
            "rebuilt, other known", trust(List.of(OTHER_ED25519), NO_PIN, pin), Verdict.TRUSTED),
        verdict("rebuilt, other pinned", trust(NO_KEY, otherPin, pin), Verdict.TRUSTED),
        verdict(
            "rebuilt with other, known",
            trust(List.of(ED25519), NO_PIN, otherPin),
            Verdict.CHANGED),
        verdict(
            "known of the address, another port asked",
            new HostTrust(NO_KEY, List.of(ED25519), NO_KEY, NO_KEY, NO_PIN, NO_PIN),
            Verdict.TRUSTED),
        verdict(
            "other known of the address, another port asked",
            new HostTrust(NO_KEY, List.of(OTHER_ED25519), NO_KEY, NO_KEY, NO_PIN, NO_PIN),
            Verdict.UNKNOWN),
        verdict(
            "known of the address, other known of the port",
            new HostTrust(List.of(RSA), List.of(ED25519), NO_KEY, NO_KEY, NO_PIN, NO_PIN),
            Verdict.CHANGED),
        verdict(
            "the key of an authority is no key of the host",
            new HostTrust(NO_KEY, NO_KEY, List.of(ED25519), NO_KEY, NO_PIN, NO_PIN),
            Verdict.UNKNOWN),
        verdict(
            "revoked, though known, pinned and rebuilt",
            new HostTrust(List.of(ED25519), NO_KEY, NO_KEY, List.of(ED25519), pin, pin),
            Verdict.REVOKED));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("verdicts")
  void verdict_ofAnEd25519Key(String name, HostTrust trust, Verdict expected) {
    assertThat(trust.verdict(ED25519)).isEqualTo(expected);
  }

  @Test
  void expected_everySource_saysOnWhoseWord() {
    assertThat(trust(List.of(RSA, ECDSA), List.of(Pin.of(ED25519)), NO_PIN).expected())
        .isEqualTo(
            "pinned is %s, known is %s and %s"
                .formatted(SampleKeys.ED25519_PRINT, SampleKeys.RSA_PRINT, SampleKeys.ECDSA_PRINT));
    assertThat(trust(List.of(RSA), NO_PIN, List.of(Pin.of(ED25519))).expected())
        .isEqualTo("rebuilt is " + SampleKeys.ED25519_PRINT);
  }

  @Test
  void hostKeys_keysKnown_areAskedForFirst() {
    assertThat(Algorithms.hostKeys(trust(List.of(RSA, ECDSA), NO_PIN, NO_PIN)))
        .containsExactly(
            "rsa-sha2-512,rsa-sha2-256,ecdsa-sha2-nistp256,"
                + "ssh-ed25519,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521");
  }

  @Test
  void hostKeys_nothingKnown_areModernAlone() {
    assertThat(Algorithms.hostKeys(trust(NO_KEY, NO_PIN, NO_PIN)))
        .containsExactly(
            "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,"
                + "rsa-sha2-512,rsa-sha2-256");
  }

  @Test
  void hostKeys_knownByAnOldKeyAlone_doesNotAskForIt() {
    PublicKey dsa = new PublicKey("ssh-dss", "AAAAB3NzaC1kc3MAAAAEAAAAAQ==");
    assertThat(Algorithms.hostKeys(trust(List.of(dsa), NO_PIN, NO_PIN)))
        .allMatch(offer -> !offer.contains("dss"));
  }

  @Test
  void hostKeys_fingerprintWithoutType_asksForOneTypeAfterTheOther() {
    assertThat(Algorithms.hostKeys(trust(NO_KEY, List.of(Pin.of(SampleKeys.RSA_PRINT)), NO_PIN)))
        .containsExactly(
            "ssh-ed25519",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "rsa-sha2-512,rsa-sha2-256");
  }

  @Test
  void hostKeys_authorityKnown_certificatesAreAskedForFirst() {
    HostTrust trust = new HostTrust(List.of(RSA), NO_KEY, List.of(ECDSA), NO_KEY, NO_PIN, NO_PIN);
    assertThat(Algorithms.hostKeys(trust).get(0))
        .startsWith("ssh-ed25519-cert-v01@openssh.com,ecdsa-sha2-nistp256-cert-v01@openssh.com,")
        .contains("rsa-sha2-256-cert-v01@openssh.com,rsa-sha2-512,rsa-sha2-256,ssh-ed25519")
        .doesNotContain("ssh-rsa");
  }

  @Test
  void hostKeys_keyNamed_noCertificateIsAskedFor() {
    HostTrust trust =
        new HostTrust(NO_KEY, NO_KEY, List.of(ECDSA), NO_KEY, List.of(Pin.of(ED25519)), NO_PIN);
    assertThat(Algorithms.hostKeys(trust).get(0)).startsWith("ssh-ed25519,").doesNotContain("cert");
  }

  private static HostTrust trust(List<PublicKey> known, List<Pin> pinned, List<Pin> rebuilt) {
    return new HostTrust(known, NO_KEY, NO_KEY, NO_KEY, pinned, rebuilt);
  }

  private static Arguments verdict(String name, HostTrust trust, Verdict expected) {
    return Arguments.of(name, trust, expected);
  }
}
