package io.clusterrecovery.k8s;

import java.util.Locale;

/** How DNS names are compared: without case, and without the dot of the root. */
final class DnsName {
  private DnsName() {}

  /** {@return the name in lower case, without one trailing dot} */
  static String normalized(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
