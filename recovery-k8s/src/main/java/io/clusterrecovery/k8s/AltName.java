package io.clusterrecovery.k8s;

import java.net.InetAddress;

/** A subject alternative name. */
sealed interface AltName {

  /** A host name. */
  record Dns(String name) implements AltName {}

  /** An IP address. */
  record Ip(InetAddress address) implements AltName {}

  /** A name of a kind that no kubelet asks for. */
  record Foreign(String kind, String value) implements AltName {}

  /** {@return the name for people} */
  default String shown() {
    if (this instanceof Dns dns) {
      return Shown.text(dns.name());
    }
    if (this instanceof Ip ip) {
      return ip.address().getHostAddress();
    }
    Foreign foreign = (Foreign) this;
    return foreign.kind() + " " + Shown.quoted(foreign.value());
  }
}
