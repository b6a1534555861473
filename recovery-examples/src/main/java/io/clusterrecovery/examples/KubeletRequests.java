package io.clusterrecovery.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CertificatesV1Api;
import io.kubernetes.client.openapi.models.V1CertificateSigningRequest;
import io.kubernetes.client.openapi.models.V1CertificateSigningRequestSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;

/** Certificate requests in the form in which kubelets make them. */
final class KubeletRequests {
  private static final String CLIENT_SIGNER = "kubernetes.io/kube-apiserver-client-kubelet";
  private static final String SERVING_SIGNER = "kubernetes.io/kubelet-serving";
  private static final String BOOTSTRAP_USER = "system:bootstrap:abcdef";
  private static final List<String> BOOTSTRAP_GROUPS =
      List.of(
          "system:bootstrappers",
          "system:bootstrappers:kubeadm:default-node-token",
          "system:authenticated");

  private KubeletRequests() {}

  /** The API server itself writes down who posts, so each is posted as that user. */
  static void post(String name, V1CertificateSigningRequestSpec spec, ApiClient poster) {
    V1CertificateSigningRequest request =
        new V1CertificateSigningRequest().metadata(new V1ObjectMeta().name(name)).spec(spec);
    try {
      new CertificatesV1Api(poster).createCertificateSigningRequest(request).execute();
    } catch (ApiException e) {
      throw new IllegalStateException(
          "the request " + name + " was not taken: " + e.getResponseBody(), e);
    }
  }

  /** A client as a kubelet has it that holds no more than a bootstrap token. */
  static ApiClient bootstrapping(ApiClient administrator) {
    return Impersonation.of(administrator, BOOTSTRAP_USER, BOOTSTRAP_GROUPS);
  }

  /** A client as the kubelet of that node has it once its client certificate is issued. */
  static ApiClient running(ApiClient administrator, String node) {
    List<String> groups = List.of("system:nodes", "system:authenticated");
    return Impersonation.of(administrator, "system:node:" + node, groups);
  }

  static V1CertificateSigningRequestSpec client(String node) {
    return new V1CertificateSigningRequestSpec()
        .signerName(CLIENT_SIGNER)
        .usages(List.of("digital signature", "client auth"))
        .request(pem(node, null));
  }

  static V1CertificateSigningRequestSpec serving(String node, String address) {
    return new V1CertificateSigningRequestSpec()
        .signerName(SERVING_SIGNER)
        .usages(List.of("digital signature", "server auth"))
        .request(pem(node, address));
  }

  private static byte[] pem(String node, @Nullable String address) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      KeyPair pair = generator.generateKeyPair();
      JcaPKCS10CertificationRequestBuilder builder =
          new JcaPKCS10CertificationRequestBuilder(
              new X500Name("O=system:nodes,CN=system:node:" + node), pair.getPublic());
      if (address != null) {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        extensions.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.iPAddress, address)));
        builder.addAttribute(
            PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
      }
      byte[] der =
          builder
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
              .getEncoded();
      String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
      return "-----BEGIN CERTIFICATE REQUEST-----\n%s\n-----END CERTIFICATE REQUEST-----\n"
          .formatted(body)
          .getBytes(UTF_8);
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("a certificate request could not be made", e);
    }
  }
}
