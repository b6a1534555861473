package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicKeyTest {

  @Test
  void fingerprint_everyType_isWhatSshKeygenPrints() {
    assertThat(SampleKeys.ED25519.fingerprint()).isEqualTo(SampleKeys.ED25519_PRINT);
    assertThat(SampleKeys.ECDSA.fingerprint()).isEqualTo(SampleKeys.ECDSA_PRINT);
    assertThat(SampleKeys.RSA.fingerprint()).isEqualTo(SampleKeys.RSA_PRINT);
  }

  @Test
  void parse_typeAndKeyBelongTogether_givesTheKey() {
    assertThat(PublicKey.parse("ssh-ed25519", SampleKeys.ED25519.base64()))
        .contains(SampleKeys.ED25519);
    assertThat(PublicKey.of(SampleKeys.RSA.blob())).isEqualTo(SampleKeys.RSA);
  }

  @ParameterizedTest
  @CsvSource({
    "ssh-rsa, AAAAC3NzaC1lZDI1NTE5AAAAILDrYsVx/gALyvc7KOqByNxjDxwARIbM/JGa1QTYV61A",
    "ssh-ed25519, AAAAC3NzaC1lZDI1NTE5",
    "ssh-ed25519, not*base64",
    "ssh-ed25519, AAAA",
    "ssh-ed25519, /////w==",
    "1024, 35",
  })
  void parse_noKeyOfThatType_givesNone(String type, String base64) {
    assertThat(PublicKey.parse(type, base64)).isEmpty();
  }

  @Test
  void of_bytesThatAreNoKey_isOfUnknownType() {
    assertThat(PublicKey.of(new byte[] {1, 2}).type()).isEqualTo("unknown");
  }
}
