package io.clusterrecovery.etcd;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * A certificate that the signer has issued.
 *
 * @param request the name of the request for it, which its requester chose
 * @param subject whom it is for, such as {@code CN=system:etcd-peer:etcd-1.example.com, …}
 * @param names the DNS names and addresses that it is for
 * @param serial its serial number, in hexadecimal
 * @param until when it expires
 */
public record IssuedCertificate(
    String request, String subject, List<String> names, String serial, Instant until) {

  /** Checks for null, copies the list. */
  public IssuedCertificate {
    requireNonNull(request, "request");
    requireNonNull(subject, "subject");
    requireNonNull(serial, "serial");
    requireNonNull(until, "until");
    names = List.copyOf(names);
  }

  @Override
  public String toString() {
    return "%s for %s, serial %s, until %s"
        .formatted(subject, String.join(", ", names), serial, until);
  }
}
