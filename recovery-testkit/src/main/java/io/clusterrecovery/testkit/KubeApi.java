package io.clusterrecovery.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A few plain requests to an API server of the lab, as its administrator. */
final class KubeApi {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final char[] NO_PASSWORD = {};

  private final HttpClient client;
  private final URI server;
  private final ObjectMapper json = new ObjectMapper();

  KubeApi(String address, String ca, KeyAndCertificate admin) {
    this.server = URI.create("https://" + address + ":6443");
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(2))
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(context(ca, admin))
            .build();
  }

  /** Nobody was there, or nobody spoke HTTP. */
  static final class NoAnswer extends LabException {
    private static final long serialVersionUID = 1L;

    NoAnswer(String message) {
      super(message);
    }
  }

  /** Whether it says that it is ready; no answer is a no. */
  boolean isReady() {
    return request("GET", "/readyz", "").filter(answer -> answer.statusCode() == 200).isPresent();
  }

  JsonNode get(String path) {
    return call("GET", path, "");
  }

  /** Creates an object; one that is there already is left as it is. */
  void create(String path, String object) {
    call("POST", path, object);
  }

  void replace(String path, JsonNode object) {
    call("PUT", path, object.toString());
  }

  private JsonNode call(String method, String path, String body) {
    HttpResponse<String> answer =
        request(method, path, body)
            .orElseThrow(() -> new NoAnswer(server + path + " does not answer"));
    int status = answer.statusCode();
    if (status >= 300 && status != 409) {
      throw new LabException(method + " " + path + ": " + status + " " + answer.body());
    }
    try {
      return json.readTree(answer.body());
    } catch (IOException e) {
      throw new LabException("not JSON: " + answer.body(), e);
    }
  }

  private Optional<HttpResponse<String>> request(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return Optional.of(client.send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted during " + method + " " + path, e);
    }
  }

  private static SSLContext context(String ca, KeyAndCertificate admin) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("ca", certificate(ca));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      own.setKeyEntry(
          "admin",
          key(admin.key()),
          NO_PASSWORD,
          new Certificate[] {certificate(admin.certificate())});
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(own, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Certificate certificate(String pem) throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
  }

  private static PrivateKey key(String pem) throws GeneralSecurityException {
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
  }
}
