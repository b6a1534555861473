package io.clusterrecovery.k8s;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A node that the caller expects: whatever its requests say must lie within this.
 *
 * @param dnsNames in lower case without a trailing dot; the node's own name is one of them
 */
record ExpectedNode(String name, Set<String> dnsNames, Set<InetAddress> addresses) {
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final Pattern DNS = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
  private static final Pattern DIGITS_AND_DOTS = Pattern.compile("[0-9.]+");

  ExpectedNode {
    dnsNames = Set.copyOf(dnsNames);
    addresses = Set.copyOf(addresses);
  }

  /**
   * Reads what a caller wrote.
   *
   * @throws IllegalArgumentException if the name cannot be a node's, or an address is neither an IP
   *     address nor a DNS name
   */
  static ExpectedNode of(String name, List<String> addresses) {
    require(DNS.matcher(name).matches(), name, "cannot be the name of a node");
    Set<String> names = new LinkedHashSet<>(Set.of(name));
    Set<InetAddress> ips = new LinkedHashSet<>();
    for (String address : addresses) {
      Optional<InetAddress> ip = IpText.parse(address);
      ip.ifPresentOrElse(ips::add, () -> names.add(dnsName(address)));
    }
    return new ExpectedNode(name, names, ips);
  }

  boolean hasDnsName(String name) {
    return dnsNames.contains(DnsName.normalized(name));
  }

  boolean hasAddress(InetAddress address) {
    return addresses.contains(address);
  }

  private static String dnsName(String text) {
    String name = DnsName.normalized(text);
    boolean valid = DNS.matcher(name).matches() && !DIGITS_AND_DOTS.matcher(name).matches();
    require(valid, text, "is neither an IP address nor a DNS name");
    return name;
  }

  private static void require(boolean holds, String value, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(Shown.quoted(value) + " " + problem);
    }
  }
}
