package io.clusterrecovery.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known of one host's keys, and whether a key that it shows is to be trusted.
 *
 * @param known its keys in known_hosts
 * @param ofAddress keys in known_hosts of its address without the port: they may be another
 *     server's, so they vouch for a key, and say nothing against one
 * @param authorities keys that may sign its certificate
 * @param revoked keys that are never to be trusted
 * @param pinned the keys that the caller named, besides which no other is its
 * @param rebuilt the keys that the caller named for a host made anew, whatever was known before
 */
record HostTrust(
    List<PublicKey> known,
    List<PublicKey> ofAddress,
    List<PublicKey> authorities,
    List<PublicKey> revoked,
    List<Pin> pinned,
    List<Pin> rebuilt) {

  /** What to think of a key. */
  enum Verdict {
    TRUSTED,
    UNKNOWN,
    CHANGED,
    REVOKED
  }

  Verdict verdict(PublicKey key) {
    if (revoked.contains(key)) {
      return Verdict.REVOKED;
    }
    if (!named().isEmpty()) {
      boolean fits = named().stream().anyMatch(p -> p.fits(key));
      return fits && !contradicted(key) ? Verdict.TRUSTED : Verdict.CHANGED;
    }
    if (known.isEmpty()) {
      return ofAddress.contains(key) ? Verdict.TRUSTED : Verdict.UNKNOWN;
    }
    // A known host that shows a key of another type is a changed host, too.
    return known.contains(key) ? Verdict.TRUSTED : Verdict.CHANGED;
  }

  /** {@return what the caller named: for a host made anew that alone counts} */
  List<Pin> named() {
    return rebuilt.isEmpty() ? pinned : rebuilt;
  }

  /** {@return whether a certificate would do} */
  boolean acceptsCertificates() {
    return !authorities.isEmpty() && named().isEmpty();
  }

  /** {@return the types of key that it is known to have} */
  List<String> types() {
    Stream<String> types =
        named().isEmpty()
            ? Stream.concat(known.stream(), ofAddress.stream()).map(PublicKey::type)
            : named().stream().map(Pin::type).flatMap(Stream::ofNullable);
    return types.distinct().toList();
  }

  /** {@return the fingerprints that were expected, and on whose word} */
  String expected() {
    List<String> words = new ArrayList<>();
    if (!named().isEmpty()) {
      words.add(
          (rebuilt.isEmpty() ? "pinned is " : "rebuilt is ")
              + named().stream().map(Pin::fingerprint).collect(Collectors.joining(" and ")));
    }
    if (rebuilt.isEmpty() && !known.isEmpty()) {
      words.add(
          "known is "
              + known.stream().map(PublicKey::fingerprint).collect(Collectors.joining(" and ")));
    }
    return String.join(", ", words);
  }

  /** A pin alone is no way past a changed key: that takes saying that the host was made anew. */
  private boolean contradicted(PublicKey key) {
    return rebuilt.isEmpty()
        && !known.contains(key)
        && known.stream().anyMatch(k -> k.type().equals(key.type()));
  }
}
