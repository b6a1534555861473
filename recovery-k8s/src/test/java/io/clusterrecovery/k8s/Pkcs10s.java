package io.clusterrecovery.k8s;

import java.io.IOException;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Real PKCS#10 requests, good and bad. */
final class Pkcs10s {
  private Pkcs10s() {}

  static GeneralName dns(String name) {
    return new GeneralName(GeneralName.dNSName, name);
  }

  static GeneralName ip(String address) {
    return new GeneralName(GeneralName.iPAddress, address);
  }

  static String pem(KeyPair pair, String subject, GeneralName... names) {
    return pem(pair, pair, subject, more -> {}, names);
  }

  /** {@return a request for one key, signed with another} */
  static String pem(
      KeyPair pair,
      KeyPair signer,
      String subject,
      Consumer<PKCS10CertificationRequestBuilder> more,
      GeneralName... names) {
    PKCS10CertificationRequestBuilder request =
        new JcaPKCS10CertificationRequestBuilder(new X500Name(subject), pair.getPublic());
    if (names.length > 0) {
      request.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, names(names));
    }
    more.accept(request);
    try {
      byte[] der =
          request
              .build(
                  new JcaContentSignerBuilder(Keys.signature(signer))
                      .setProvider(new BouncyCastleProvider())
                      .build(signer.getPrivate()))
              .getEncoded();
      return pem(der);
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  static String pem(byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN CERTIFICATE REQUEST-----\n" + body + "\n-----END CERTIFICATE REQUEST-----\n";
  }

  static org.bouncycastle.asn1.x509.Extensions names(GeneralName... names) {
    return extension(
        g -> g.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names)));
  }

  static org.bouncycastle.asn1.x509.Extensions extension(ExtensionWriter writer) {
    ExtensionsGenerator generator = new ExtensionsGenerator();
    try {
      writer.write(generator);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return generator.generate();
  }

  static List<String> kubeletGroups() {
    return List.of("system:nodes", "system:authenticated");
  }

  /** Writes extensions. */
  interface ExtensionWriter {
    void write(ExtensionsGenerator generator) throws IOException;
  }
}
