package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemKeyTest {
  private static final String BEGIN = "-----BEGIN RSA PRIVATE KEY-----\n";
  private static final String END = "\n-----END RSA PRIVATE KEY-----\n";

  @ParameterizedTest
  @ValueSource(ints = {1024, 2048, 4096})
  void inPkcs8_rsaKeyInPkcs1_isTheSameKey(int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    PrivateKey key = generator.generateKeyPair().getPrivate();
    String pkcs8 = PemKey.inPkcs8(pkcs1(key.getEncoded()));
    assertThat(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der(pkcs8))))
        .isEqualTo(key);
  }

  @Test
  void inPkcs8_anyOtherText_staysAsItIs() {
    assertThat(PemKey.inPkcs8("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"))
        .isEqualTo("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    assertThat(PemKey.inPkcs8("")).isEmpty();
  }

  /**
   * In PKCS#8, version and algorithm take 18 bytes behind the outer head of 4, then 4 of a head.
   */
  private static String pkcs1(byte[] pkcs8) {
    byte[] inner = new byte[pkcs8.length - 26];
    System.arraycopy(pkcs8, 26, inner, 0, inner.length);
    return BEGIN + Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(inner) + END;
  }

  private static byte[] der(String pem) {
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
  }
}
