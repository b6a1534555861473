package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Whether the certificates that members show at their peer URLs are for the hosts in these URLs: a
 * pure function of what was shown. A new member takes no other: it would never get in sync.
 *
 * @param shown what was shown at each peer URL
 */
record PeerCertificateRules(List<Shown> shown) {

  /** Copies the list. */
  PeerCertificateRules {
    shown = List.copyOf(shown);
  }

  /**
   * What was seen at a peer URL.
   *
   * @param certificate the certificate, if one was seen
   * @param why why none was, as the end of a sentence
   */
  record Shown(EtcdMember member, URI peerUrl, Optional<PeerCertificate> certificate, String why) {}

  List<Refusal> refusals() {
    return shown.stream()
        .flatMap(
            s -> s.certificate().flatMap(c -> against(c, s.peerUrl(), label(s.member()))).stream())
        .toList();
  }

  /** What could not be seen, for the plan. */
  List<String> notes() {
    return shown.stream()
        .filter(s -> s.certificate().isEmpty())
        .map(
            s ->
                "The certificate of member %s at %s was not seen: %s."
                    .formatted(s.member().label(), s.peerUrl(), s.why()))
        .toList();
  }

  /** Why a certificate is not the one for that peer URL. */
  static Optional<Refusal> against(PeerCertificate certificate, URI peerUrl, String whose) {
    String host = Urls.host(peerUrl);
    if (certificate.selfSigned() || certificate.isFor(host)) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            Code.MEMBER_MISMATCH,
            "The certificate of %s is for %s, and its peer URL is %s."
                .formatted(whose, certificate.names(), peerUrl),
            "Find out which host runs which member; issue a certificate for %s, or correct the peer URL with 'etcdctl member update'."
                .formatted(host)));
  }

  private static String label(EtcdMember member) {
    return "member %s (%s)".formatted(member.label(), member.id());
  }
}
