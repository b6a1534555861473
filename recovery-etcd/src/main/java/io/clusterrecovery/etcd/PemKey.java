package io.clusterrecovery.etcd;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Private keys as text. OpenShift writes its RSA keys in PKCS#1, which Java cannot read. */
final class PemKey {
  private static final Pattern RSA =
      Pattern.compile("-----BEGIN RSA PRIVATE KEY-----([^-]+)-----END RSA PRIVATE KEY-----");

  /** The version 0, and the algorithm RSA: what PKCS#8 has before a key in PKCS#1. */
  private static final byte[] VERSION_AND_RSA =
      HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;

  private PemKey() {}

  /** {@return the key in PKCS#8; a text that holds no key in PKCS#1 as it is} */
  static String inPkcs8(String pem) {
    Matcher found = RSA.matcher(pem);
    if (!found.find()) {
      return pem;
    }
    byte[] pkcs1 = Base64.getMimeDecoder().decode(found.group(1).strip());
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    inner.writeBytes(VERSION_AND_RSA);
    inner.writeBytes(tagged(OCTET_STRING, pkcs1));
    String base64 =
        Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(tagged(SEQUENCE, inner.toByteArray()));
    return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
  }

  /** As DER has it: a length below 128 by itself, a longer one behind how many bytes it takes. */
  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    der.write(tag);
    if (content.length < 0x80) {
      der.write(content.length);
    } else {
      byte[] length = BigInteger.valueOf(content.length).toByteArray();
      int skipped = length[0] == 0 ? 1 : 0;
      der.write(0x80 | (length.length - skipped));
      der.write(length, skipped, length.length - skipped);
    }
    der.writeBytes(content);
    return der.toByteArray();
  }
}
