package io.clusterrecovery.ssh;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The lines of known_hosts files, those left out that hold no key. */
record KnownHosts(List<Line> lines) {

  /** What a line says of its key. */
  enum Marker {
    /** That it is the host's. */
    NONE,
    /** That it signs host certificates. */
    CERT_AUTHORITY,
    /** That it is not to be trusted. */
    REVOKED
  }

  /**
   * One line.
   *
   * @param hosts the names it is for, as it has them: patterns, or one hashed name
   */
  record Line(Marker marker, String hosts, PublicKey key) {

    boolean isFor(String name) {
      return HashedName.is(hosts)
          ? HashedName.match(hosts, name)
          : NamePatterns.match(List.of(hosts.toLowerCase(Locale.ROOT).split(",", -1)), name);
    }
  }

  static KnownHosts parse(List<String> lines) {
    return new KnownHosts(lines.stream().map(KnownHosts::line).flatMap(Optional::stream).toList());
  }

  /** {@return the keys of lines with that marker for a name in lower case} */
  List<PublicKey> keys(Marker marker, String name) {
    return lines.stream()
        .filter(l -> l.marker == marker && l.isFor(name))
        .map(Line::key)
        .distinct()
        .toList();
  }

  private static Optional<Line> line(String text) {
    List<String> words = Arrays.asList(text.strip().split("[ \t]+", -1));
    return switch (words.get(0)) {
      case "@cert-authority" -> line(Marker.CERT_AUTHORITY, words.subList(1, words.size()));
      case "@revoked" -> line(Marker.REVOKED, words.subList(1, words.size()));
      default -> line(Marker.NONE, words);
    };
  }

  private static Optional<Line> line(Marker marker, List<String> words) {
    if (words.size() < 3 || words.get(0).startsWith("#") || words.get(0).startsWith("@")) {
      return Optional.empty();
    }
    return PublicKey.parse(words.get(1), words.get(2))
        .map(key -> new Line(marker, words.get(0), key));
  }
}
