package io.clusterrecovery.k8s;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/**
 * What a PKCS#10 asks for in its attributes.
 *
 * @param names the subject alternative names
 * @param oddities whatever is neither those nor absent
 */
record RequestedNames(List<AltName> names, List<String> oddities) {

  static RequestedNames of(PKCS10CertificationRequest request) {
    List<AltName> names = new ArrayList<>();
    List<String> oddities = new ArrayList<>();
    Set<ASN1ObjectIdentifier> seen = new HashSet<>();
    for (Attribute attribute : request.getAttributes()) {
      if (!attribute.getAttrType().equals(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest)) {
        oddities.add("attribute " + attribute.getAttrType());
        continue;
      }
      for (ASN1Encodable value : attribute.getAttributeValues()) {
        read(Extensions.getInstance(value), seen, names, oddities);
      }
    }
    return new RequestedNames(names, oddities);
  }

  private static void read(
      Extensions extensions,
      Set<ASN1ObjectIdentifier> seen,
      List<AltName> names,
      List<String> oddities) {
    for (ASN1ObjectIdentifier id : extensions.getExtensionOIDs()) {
      if (!seen.add(id)) {
        oddities.add("extension " + id + " more than once");
      }
      if (!id.equals(Extension.subjectAlternativeName)) {
        oddities.add("extension " + id);
        continue;
      }
      GeneralNames asked = GeneralNames.getInstance(extensions.getExtensionParsedValue(id));
      for (GeneralName name : asked.getNames()) {
        names.add(name(name));
      }
    }
  }

  private static AltName name(GeneralName name) {
    return switch (name.getTagNo()) {
      case GeneralName.dNSName ->
          new AltName.Dns(ASN1IA5String.getInstance(name.getName()).getString());
      case GeneralName.iPAddress -> ip(name);
      case GeneralName.rfc822Name -> foreign("e-mail", name);
      case GeneralName.uniformResourceIdentifier -> foreign("URI", name);
      default -> foreign("name of type " + name.getTagNo(), name);
    };
  }

  private static AltName ip(GeneralName name) {
    byte[] bytes = ASN1OctetString.getInstance(name.getName()).getOctets();
    Optional<InetAddress> ip = IpText.of(bytes);
    return ip.<AltName>map(AltName.Ip::new)
        .orElseGet(() -> foreign("IP address of odd length", name));
  }

  private static AltName foreign(String kind, GeneralName name) {
    return new AltName.Foreign(kind, String.valueOf(name.getName()));
  }
}
