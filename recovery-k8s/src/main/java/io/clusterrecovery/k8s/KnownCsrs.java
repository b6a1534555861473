package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The certificate requests that are known.
 *
 * <p>What was asked for never changes as long as the uid is the same, so it is parsed once. Of
 * requests that name no expected node little is kept, however large they are, and the signature is
 * not verified: there may be thousands.
 */
final class KnownCsrs implements ObjectStore {
  private final Set<String> nodes;
  private Map<String, CertificateRequest> byName = new LinkedHashMap<>();

  KnownCsrs(Set<String> nodes) {
    this.nodes = Set.copyOf(nodes);
  }

  Collection<CertificateRequest> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  /** {@return the request that is there now} */
  CertificateRequest put(JsonObject document) {
    CertificateRequest request = read(document);
    byName.put(request.name(), request);
    return request;
  }

  void remove(String name) {
    byName.remove(name);
  }

  @Override
  public void add(JsonObject document) {
    put(document);
  }

  @Override
  public void drop(JsonObject document) {
    remove(Doc.text(document, "metadata", "name"));
  }

  @Override
  public Renewal renew() {
    Map<String, CertificateRequest> fresh = new LinkedHashMap<>();
    return new Renewal() {
      @Override
      public void add(JsonObject document) {
        CertificateRequest request = read(document);
        fresh.put(request.name(), request);
      }

      @Override
      public void done() {
        byName = fresh;
      }
    };
  }

  private CertificateRequest read(JsonObject document) {
    @Nullable CertificateRequest before = byName.get(Doc.text(document, "metadata", "name"));
    Content content =
        before != null && before.uid().equals(Doc.text(document, "metadata", "uid"))
            ? before.content()
            : CsrDocuments.content(document, this::expected);
    CertificateRequest request = CsrDocuments.read(document, content);
    return nodes.contains(request.node()) ? request : request.abridged();
  }

  private boolean expected(String commonName) {
    return nodes.contains(CertificateRequest.nodeOf(commonName));
  }
}
