package io.clusterrecovery.ssh;

import static io.clusterrecovery.ssh.SampleKeys.ECDSA;
import static io.clusterrecovery.ssh.SampleKeys.ED25519;
import static io.clusterrecovery.ssh.SampleKeys.OTHER_ED25519;
import static io.clusterrecovery.ssh.SampleKeys.RSA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleTextTest {

  @Test
  void pins_whatCloudInitPrints_areTheKeysInItsBlocks() {
    String console =
        """
        [   12.345678] cloud-init[612]: Generating public/private ed25519 key pair.
        ci-info: | ssh-rsa | SHA256:UEpLJHLnCp5RZnVCOpl6cs8g9pNYucMSVssTdIXBTPs | - | me@home |
        <14>Nov 25 10:00:00 cloud-init: #############################################################
        <14>Nov 25 10:00:00 cloud-init: -----BEGIN SSH HOST KEY FINGERPRINTS-----
        <14>Nov 25 10:00:00 cloud-init: 256 %s root@master-3 (ECDSA)
        <14>Nov 25 10:00:00 cloud-init: 256 %s root@master-3 (ED25519)
        <14>Nov 25 10:00:00 cloud-init: -----END SSH HOST KEY FINGERPRINTS-----
        <14>Nov 25 10:00:00 cloud-init: #############################################################
        -----BEGIN SSH HOST KEY KEYS-----
        %s root@master-3
        -----END SSH HOST KEY KEYS-----
        master-3 login:
        """
            .formatted(SampleKeys.ECDSA_PRINT, SampleKeys.ED25519_PRINT, SampleKeys.line(ED25519));
    assertThat(ConsoleText.pins(console)).containsExactly(Pin.of(ED25519), Pin.of(ECDSA));
  }

  @Test
  void pins_severalBoots_areOfTheLast() {
    String boot =
        """
        -----BEGIN SSH HOST KEY KEYS-----\r
        %s root@ip-10-0-1-13\r
        -----END SSH HOST KEY KEYS-----\r
        """;
    String console =
        boot.formatted(SampleKeys.line(OTHER_ED25519)) + boot.formatted(SampleKeys.line(ED25519));
    assertThat(ConsoleText.pins(console)).containsExactly(Pin.of(ED25519));
  }

  @Test
  void pins_publicKeysOneALine_areThose() {
    String text = SampleKeys.line(RSA) + " root@m3\n\n" + SampleKeys.line(ED25519) + "\n";
    assertThat(ConsoleText.pins(text)).containsExactly(Pin.of(RSA), Pin.of(ED25519));
  }

  @Test
  void pins_fingerprintsOneALine_areThose() {
    assertThat(ConsoleText.pins("3072 " + SampleKeys.RSA_PRINT + " root@m3 (RSA)\n"))
        .containsExactly(Pin.of(RSA));
    assertThat(ConsoleText.pins("256 " + SampleKeys.ED25519_PRINT + " no comment (ED25519)"))
        .containsExactly(Pin.of(ED25519));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "master-3 login:",
        "-----BEGIN SSH HOST KEY KEYS-----\n-----END SSH HOST KEY KEYS-----",
        "-----BEGIN SSH HOST KEY FINGERPRINTS-----\n"
            + "256 MD5:4a:8a:66:70:2b:81:21:ca:1b:53:8f:6d:0c:a0:f6:31 root@m3 (ECDSA)\n"
            + "-----END SSH HOST KEY FINGERPRINTS-----",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5",
        "ci-info: | ssh-rsa | SHA256:UEpLJHLnCp5RZnVCOpl6cs8g9pNYucMSVssTdIXBTPs | - | me@home |",
      })
  void pins_noKey_isRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ConsoleText.pins(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "MD5:4a:8a", "SHA256:abc", "nEN0xpAU2eJbzg6kgS4TbK7LP7WWzfSNW4mVGdt5bVY"})
  void pin_noFingerprint_isRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Pin.of(text)).withMessageContaining(text);
  }
}
