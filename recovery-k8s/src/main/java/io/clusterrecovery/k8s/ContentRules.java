package io.clusterrecovery.k8s;

import io.clusterrecovery.k8s.Content.Pkcs10;
import io.clusterrecovery.k8s.Content.Unreadable;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rules about what is inside a request. */
final class ContentRules {
  private static final List<String> NODES = List.of("system:nodes");

  private ContentRules() {}

  static Finding readable(CertificateRequest request, Evidence evidence) {
    if (request.content() instanceof Unreadable unreadable) {
      return Finding.broken(unreadable.why());
    }
    return Finding.holds("it is a PKCS#10 in PEM");
  }

  static Finding selfSignature(CertificateRequest request, Evidence evidence) {
    return inside(
        request,
        p ->
            switch (p.signature()) {
              case BY_ITS_KEY -> Finding.holds("it is signed with its own key");
              case NOT_BY_ITS_KEY -> Finding.broken("its signature was not made with its own key");
              case NOT_VERIFIED ->
                  Finding.holds("not looked at, since its node is none that is expected");
            });
  }

  static Finding key(CertificateRequest request, Evidence evidence) {
    return inside(
        request,
        p ->
            Finding.that(
                p.key().strong(),
                "the key is %s, accepted are RSA from 2048, P-256, P-384, P-521, Ed25519"
                    .formatted(p.key().name())));
  }

  static Finding subject(CertificateRequest request, Evidence evidence) {
    return inside(
        request,
        p -> {
          boolean exact =
              p.organizations().equals(NODES)
                  && p.commonNames().size() == 1
                  && p.otherSubject().isEmpty();
          String reason =
              "the subject has O %s, CN %s, others %s"
                  .formatted(p.organizations(), p.commonNames(), p.otherSubject());
          return Finding.that(exact, Shown.text(reason));
        });
  }

  static Finding nameKinds(CertificateRequest request, Evidence evidence) {
    return inside(
        request,
        p -> {
          List<AltName> foreign =
              p.names().stream().filter(n -> n instanceof AltName.Foreign).toList();
          return foreign.isEmpty()
              ? Finding.holds("it asks for no names but DNS names and IP addresses")
              : Finding.broken("it asks for " + shown(foreign));
        });
  }

  static Finding namesPresent(CertificateRequest request, Evidence evidence) {
    if (request.kind() == CsrKind.OTHER) {
      return Finding.holds("not looked at, since its signer is none of those");
    }
    boolean serving = request.kind() == CsrKind.SERVING;
    return inside(
        request,
        p -> {
          boolean some = !p.names().isEmpty();
          String asked = some ? "it asks for " + shown(p.names()) : "it asks for no names";
          String rule =
              serving ? ", a serving certificate needs one" : ", a client certificate has none";
          return Finding.that(some == serving, asked + rule);
        });
  }

  static Finding namesOfNode(CertificateRequest request, Evidence evidence) {
    ExpectedNode node = evidence.nodes().get(request.node());
    if (node == null) {
      return Finding.holds("not looked at, since its node is none that is expected");
    }
    return inside(
        request,
        p -> {
          List<AltName> others = p.names().stream().filter(n -> !isOf(node, n)).toList();
          return others.isEmpty()
              ? Finding.holds("all names are those of " + node.name())
              : Finding.broken(shown(others) + " is none of those expected of " + node.name());
        });
  }

  static Finding nothingElse(CertificateRequest request, Evidence evidence) {
    return inside(
        request,
        p ->
            p.oddities().isEmpty()
                ? Finding.holds("it asks for nothing else")
                : Finding.broken("it holds " + Shown.text(String.join(", ", p.oddities()))));
  }

  private static boolean isOf(ExpectedNode node, AltName name) {
    if (name instanceof AltName.Dns dns) {
      return node.hasDnsName(dns.name());
    }
    if (name instanceof AltName.Ip ip) {
      return node.hasAddress(ip.address());
    }
    // Names of other kinds are never accepted; the rule about kinds says so.
    return true;
  }

  private static Finding inside(CertificateRequest request, Function<Pkcs10, Finding> rule) {
    return request.content() instanceof Pkcs10 content
        ? rule.apply(content)
        : Finding.broken("it can't be read");
  }

  private static String shown(List<AltName> names) {
    return Shown.text(names.stream().map(AltName::shown).collect(Collectors.joining(", ")));
  }
}
