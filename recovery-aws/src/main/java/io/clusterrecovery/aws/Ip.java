package io.clusterrecovery.aws;

import static java.util.Objects.requireNonNull;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Addresses as literals; no name is ever resolved here. */
final class Ip {
  private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9a-fA-F:][0-9a-fA-F:.]*");

  private Ip() {}

  /** The address in the one spelling that addresses are compared in. */
  static String require(String ip) {
    requireNonNull(ip, "ip");
    if (Require.isIpv4(ip)) {
      return ip;
    }
    if (IPV6.matcher(ip).matches() && parsed(ip) instanceof Inet6Address address) {
      return shortened(address.getAddress());
    }
    throw new IllegalArgumentException("'" + ip + "' is no IPv4 or IPv6 address");
  }

  /** The type of record that holds such an address. */
  static String recordType(String ip) {
    return ip.contains(":") ? "AAAA" : "A";
  }

  /** As {@link #require} spells it; whatever is no address stays as it is. */
  static String normal(String text) {
    return IPV6.matcher(text).matches() && parsed(text) instanceof Inet6Address address
        ? shortened(address.getAddress())
        : text;
  }

  private static @org.jspecify.annotations.Nullable InetAddress parsed(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      return null;
    }
  }

  // RFC 5952: the longest run of zeros, of two groups or more, becomes two colons.
  private static String shortened(byte[] address) {
    int[] groups = new int[8];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = ((address[2 * i] & 0xff) << 8) | (address[2 * i + 1] & 0xff);
    }
    int start = 0;
    int length = 1;
    for (int i = 0; i < groups.length; i++) {
      int end = i;
      while (end < groups.length && groups[end] == 0) {
        end++;
      }
      if (end - i > length) {
        start = i;
        length = end - i;
      }
    }
    return length < 2
        ? joined(groups, 0, groups.length)
        : joined(groups, 0, start) + "::" + joined(groups, start + length, groups.length);
  }

  private static String joined(int[] groups, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }
}
