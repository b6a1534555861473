package io.clusterrecovery.k8s;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Reads and marks the API's documents of certificate requests. */
final class CsrDocuments {
  private CsrDocuments() {}

  static CertificateRequest read(JsonObject document, Content content) {
    String signer = Doc.text(document, "spec", "signerName");
    Set<String> usages = Set.copyOf(Doc.texts(document, "spec", "usages"));
    List<Condition> conditions =
        Doc.objects(document, "status", "conditions").stream()
            .map(
                c ->
                    new Condition(
                        Doc.text(c, "type"), Doc.text(c, "reason"), Doc.text(c, "message")))
            .toList();
    return new CertificateRequest(
        Doc.text(document, "metadata", "name"),
        Doc.text(document, "metadata", "uid"),
        Doc.time(document, "metadata", "creationTimestamp").orElse(Instant.EPOCH),
        signer.isEmpty() ? CsrKind.of(usages, content) : CsrKind.ofSigner(signer),
        signer,
        Doc.text(document, "spec", "username"),
        Doc.texts(document, "spec", "groups"),
        usages,
        conditions,
        content,
        decoded(Doc.text(document, "status", "certificate")),
        document);
  }

  static Content content(JsonObject document, Predicate<String> verify) {
    return Pkcs10Reader.read(decoded(Doc.text(document, "spec", "request")), verify);
  }

  /**
   * {@return the document, approved} In {@code v1beta1} a condition has a time of its own and,
   * until 1.18, no status. It keeps uid and resourceVersion, so the server takes it only for the
   * very object that was judged.
   */
  static JsonObject approved(
      JsonObject judged, CsrApi api, Instant now, String reason, String message) {
    JsonObject document = judged.deepCopy();
    document.addProperty("apiVersion", api.apiVersion());
    document.addProperty("kind", "CertificateSigningRequest");
    if (!document.has("status") || !document.get("status").isJsonObject()) {
      document.add("status", new JsonObject());
    }
    JsonObject status = document.getAsJsonObject("status");
    if (!status.has("conditions") || !status.get("conditions").isJsonArray()) {
      status.add("conditions", new JsonArray());
    }
    JsonObject condition = new JsonObject();
    condition.addProperty("type", Condition.APPROVED);
    if (api.beta()) {
      condition.addProperty("lastUpdateTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
    } else {
      condition.addProperty("status", "True");
    }
    condition.addProperty("reason", reason);
    condition.addProperty("message", message);
    status.getAsJsonArray("conditions").add(condition);
    return document;
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException e) {
      return base64;
    }
  }
}
