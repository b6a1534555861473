package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

/**
 * A name that shall lead to one address.
 *
 * @param name a whole name, or one without a dot, which the zone's name completes
 * @param address an IPv4 or IPv6 address, as a literal
 */
public record AddressRecord(String name, String address) {
  /** Checks for null. */
  public AddressRecord {
    requireNonNull(name, "name");
    requireNonNull(address, "address");
  }
}
