package io.clusterrecovery.k8s;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The rules about where a request comes from and what it is for. */
final class OriginRules {
  private static final String SIGNATURE = "digital signature";
  private static final String ENCIPHERMENT = "key encipherment";
  private static final Map<CsrKind, String> PURPOSE =
      Map.of(CsrKind.CLIENT, "client auth", CsrKind.SERVING, "server auth");
  private static final Set<String> NODE_GROUPS = Set.of("system:nodes", "system:authenticated");

  private OriginRules() {}

  static Finding signer(CertificateRequest request, Evidence evidence) {
    String reason =
        request.signer().isEmpty()
            ? "there are no signers here; usages, subject and names are of kind " + request.kind()
            : "the signer is " + Shown.quoted(request.signer());
    return Finding.that(request.kind() != CsrKind.OTHER, reason);
  }

  static Finding undecided(CertificateRequest request, Evidence evidence) {
    Optional<Condition> end =
        request.condition(Condition.DENIED).or(() -> request.condition(Condition.FAILED));
    if (end.isPresent()) {
      Condition c = end.get();
      String why = Shown.text(c.reason() + " " + c.message());
      return Finding.broken("it is marked " + c.type() + " (" + why + ")");
    }
    boolean approved = request.condition(Condition.APPROVED).isPresent();
    return Finding.holds(approved ? "it is approved already" : "nobody has decided about it");
  }

  static Finding createdAfter(CertificateRequest request, Evidence evidence) {
    Instant limit = evidence.createdAfter();
    boolean newer = !request.created().isBefore(limit);
    String reason = "it was created at %s, the limit is %s".formatted(request.created(), limit);
    return Finding.that(newer, reason + ", by the API server's clock");
  }

  static Finding expectedNode(CertificateRequest request, Evidence evidence) {
    String node = request.node();
    if (node.isEmpty()) {
      return Finding.broken("it names no node");
    }
    boolean expected = evidence.nodes().containsKey(node);
    String word = expected ? " is expected" : " is not expected";
    return Finding.that(expected, "node " + Shown.quoted(node) + word);
  }

  static Finding oldHostLost(CertificateRequest request, Evidence evidence) {
    List<OldObject> old =
        evidence.objects().getOrDefault(request.node(), List.of()).stream()
            .filter(o -> o.created().isBefore(evidence.createdAfter()))
            .toList();
    if (old.isEmpty()) {
      return Finding.holds("no older Node or Machine object of that name is there");
    }
    boolean lost = evidence.lost().contains(request.node());
    String word = lost ? ", of a host declared lost" : ", of a host that nobody declared lost";
    return Finding.that(lost, old + " is there" + word);
  }

  static Finding requester(CertificateRequest request, Evidence evidence) {
    String who = "it was posted by " + Shown.quoted(request.user());
    if (byNodeItself(request)) {
      return renewedByLostHost(request, evidence)
          ? Finding.broken(who + ", and the old host of that name was declared lost")
          : Finding.holds(who + ", the node itself");
    }
    if (request.kind() == CsrKind.SERVING) {
      return Finding.broken(who + ", who is not the node that it is for");
    }
    boolean right = evidence.requester().isUser(request.user());
    String word = right ? ", as expected: " : ", who is not ";
    return Finding.that(right, who + word + evidence.requester());
  }

  static Finding groups(CertificateRequest request, Evidence evidence) {
    List<String> groups = request.groups();
    String reason = "its requester's groups are " + Shown.text(new TreeSet<>(groups).toString());
    boolean ofNode = request.kind() == CsrKind.SERVING || byNodeItself(request);
    boolean right =
        ofNode ? groups.containsAll(NODE_GROUPS) : evidence.requester().hasGroups(groups);
    return Finding.that(right, reason);
  }

  static Finding usages(CertificateRequest request, Evidence evidence) {
    String purpose = PURPOSE.get(request.kind());
    if (purpose == null) {
      return Finding.holds("not looked at, since its signer is none of those");
    }
    Set<String> usages = request.usages();
    boolean right =
        usages.equals(Set.of(SIGNATURE, purpose))
            || usages.equals(Set.of(SIGNATURE, ENCIPHERMENT, purpose));
    return Finding.that(
        right, "the usages asked for are " + Shown.text(new TreeSet<>(usages).toString()));
  }

  private static boolean byNodeItself(CertificateRequest request) {
    String node = request.node();
    return !node.isEmpty() && request.user().equals(CertificateRequest.NODE_PREFIX + node);
  }

  /** A host that is gone may still have a certificate, which must not earn it another one. */
  private static boolean renewedByLostHost(CertificateRequest request, Evidence evidence) {
    return request.kind() == CsrKind.CLIENT && evidence.lost().contains(request.node());
  }
}
