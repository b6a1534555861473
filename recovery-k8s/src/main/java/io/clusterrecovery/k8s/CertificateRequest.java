package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A certificate request of the cluster, read.
 *
 * @param uid tells it from another of the same name
 * @param created by the API server's clock, to the second
 * @param user who posted it, as the API server wrote it down
 * @param groups the groups of who posted it
 * @param certificate the certificate that was issued, as PEM or {@code not kept}; "" if none was
 * @param document all of it, as it has to go back to the server; empty where it is not kept
 */
record CertificateRequest(
    String name,
    String uid,
    Instant created,
    CsrKind kind,
    String signer,
    String user,
    List<String> groups,
    Set<String> usages,
    List<Condition> conditions,
    Content content,
    String certificate,
    JsonObject document) {
  static final String NODE_PREFIX = "system:node:";
  private static final String NOT_KEPT = "not kept";
  private static final JsonObject NO_DOCUMENT = new JsonObject();

  CertificateRequest {
    groups = List.copyOf(groups);
    usages = Set.copyOf(usages);
    conditions = List.copyOf(conditions);
  }

  /** {@return the node it is for, by what it says; "" if it doesn't say} */
  String node() {
    if (content instanceof Content.Pkcs10 p && p.commonNames().size() == 1) {
      return nodeOf(p.commonNames().get(0));
    }
    return "";
  }

  /** {@return the node that a CN names; "" if it names none} */
  static String nodeOf(String commonName) {
    return commonName.startsWith(NODE_PREFIX) ? commonName.substring(NODE_PREFIX.length()) : "";
  }

  /** {@return this without the document, the certificate, and the rest of long words} */
  CertificateRequest abridged() {
    return new CertificateRequest(
        name,
        uid,
        created,
        kind,
        signer,
        user,
        groups,
        usages,
        conditions.stream().map(Condition::abridged).toList(),
        content,
        certificate.isEmpty() ? "" : NOT_KEPT,
        NO_DOCUMENT);
  }

  /** {@return the digest of its key; "" if it cannot be read} */
  String keyDigest() {
    return content instanceof Content.Pkcs10 p ? p.key().digest() : "";
  }

  Optional<Condition> condition(String type) {
    return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
  }

  CsrState state() {
    if (condition(Condition.DENIED).isPresent()) {
      return CsrState.DENIED;
    }
    if (condition(Condition.FAILED).isPresent()) {
      return CsrState.FAILED;
    }
    if (condition(Condition.APPROVED).isEmpty()) {
      return CsrState.PENDING;
    }
    return certificate.isEmpty() ? CsrState.APPROVED : CsrState.ISSUED;
  }
}
