package io.clusterrecovery.aws;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of records, and how they are completed by the zone's. */
final class DnsNames {
  private static final int LONGEST = 253;
  private static final Pattern NAME =
      Pattern.compile(
          "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");

  private DnsNames() {}

  static String require(String name) {
    requireNonNull(name, "name");
    String plain = relative(name);
    if (plain.length() > LONGEST || !NAME.matcher(plain).matches()) {
      throw new IllegalArgumentException("'" + name + "' is no name of a host in DNS");
    }
    return plain;
  }

  static String relative(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** What Route 53 sorts by: the labels from the last to the first, with a dot at the end. */
  static String sortKey(String name) {
    List<String> labels = new ArrayList<>(List.of(name.split("\\.", -1)));
    Collections.reverse(labels);
    return String.join(".", labels) + ".";
  }

  static String zoneId(String id) {
    return id.replaceFirst("^/hostedzone/", "");
  }

  /** The whole name; empty when it lies outside of the zone. */
  static Optional<String> within(String zone, String name) {
    if (name.equals(zone) || name.endsWith("." + zone)) {
      return Optional.of(name);
    }
    return name.contains(".") ? Optional.empty() : Optional.of(name + "." + zone);
  }
}
