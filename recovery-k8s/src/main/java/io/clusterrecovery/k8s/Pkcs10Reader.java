package io.clusterrecovery.k8s;

import io.clusterrecovery.k8s.Content.Signature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/**
 * Reads what a request carries. What comes in was written by anybody, so whatever is not exactly
 * one PEM block with exactly one PKCS#10 is unreadable, never an exception.
 */
final class Pkcs10Reader {
  /** With an RSA key of 8192 bits and fifty names it is half of that. */
  private static final int LONGEST = 16 * 1024;

  private static final int MOST_NAMES = 100;
  private static final Pattern ONE_BLOCK =
      Pattern.compile(
          "\\s*-----BEGIN CERTIFICATE REQUEST-----\\s([A-Za-z0-9+/=\\s]+)"
              + "-----END CERTIFICATE REQUEST-----\\s*");
  private static final BouncyCastleProvider CRYPTO = new BouncyCastleProvider();

  private Pkcs10Reader() {}

  /**
   * {@return what it holds}
   *
   * @param verify whether to verify the signature of a request for that CN, which takes long
   */
  static Content read(String pem, Predicate<String> verify) {
    if (pem.length() > LONGEST) {
      return new Content.Unreadable("it is larger than any request of a kubelet");
    }
    Matcher block = ONE_BLOCK.matcher(pem);
    if (!block.matches()) {
      return new Content.Unreadable("it is not one PEM block of type CERTIFICATE REQUEST");
    }
    try {
      return parse(Base64.getMimeDecoder().decode(block.group(1)), verify);
    } catch (IOException | RuntimeException e) {
      // The parser throws all kinds of unchecked exceptions at bytes that are not what they should
      // be.
      return new Content.Unreadable("it is no PKCS#10: " + Shown.text(String.valueOf(e)));
    }
  }

  private static Content parse(byte[] der, Predicate<String> verify) throws IOException {
    PKCS10CertificationRequest request = new PKCS10CertificationRequest(der);
    List<String> commonNames = new ArrayList<>();
    List<String> organizations = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (AttributeTypeAndValue part : parts(request.getSubject())) {
      listFor(part.getType(), commonNames, organizations, others)
          .add(IETFUtils.valueToString(part.getValue()));
    }
    RequestedNames asked = RequestedNames.of(request);
    if (asked.names().size() > MOST_NAMES) {
      return new Content.Unreadable("it asks for more names than any kubelet does");
    }
    return new Content.Pkcs10(
        commonNames,
        organizations,
        others,
        PublicKeys.read(request.getSubjectPublicKeyInfo()),
        commonNames.stream().anyMatch(verify) ? signature(request) : Signature.NOT_VERIFIED,
        asked.names(),
        asked.oddities());
  }

  private static List<AttributeTypeAndValue> parts(X500Name subject) {
    List<AttributeTypeAndValue> parts = new ArrayList<>();
    for (RDN rdn : subject.getRDNs()) {
      parts.addAll(List.of(rdn.getTypesAndValues()));
    }
    return parts;
  }

  private static List<String> listFor(
      ASN1ObjectIdentifier type, List<String> cn, List<String> o, List<String> others) {
    if (type.equals(BCStyle.CN)) {
      return cn;
    }
    return type.equals(BCStyle.O) ? o : others;
  }

  private static Signature signature(PKCS10CertificationRequest request) {
    try {
      boolean own =
          request.isSignatureValid(
              new JcaContentVerifierProviderBuilder()
                  .setProvider(CRYPTO)
                  .build(request.getSubjectPublicKeyInfo()));
      return own ? Signature.BY_ITS_KEY : Signature.NOT_BY_ITS_KEY;
    } catch (OperatorCreationException | PKCSException e) {
      return Signature.NOT_BY_ITS_KEY;
    }
  }
}
