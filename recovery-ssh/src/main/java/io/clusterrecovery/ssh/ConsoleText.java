package io.clusterrecovery.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the host keys that a machine printed on its console. */
final class ConsoleText {
  /** What cloud-init prints; an earlier boot's may stand above, so the last block counts. */
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN SSH HOST KEY (KEYS|FINGERPRINTS)-----(.*?)-----END SSH HOST KEY \\1-----",
          Pattern.DOTALL);

  private static final Pattern KEY =
      Pattern.compile("(?<![\\w-])(ssh-\\w+|ecdsa-sha2-\\w+) (AAAA[A-Za-z0-9+/]+=*)");
  private static final Pattern LISTED =
      Pattern.compile("(\\d+) (SHA256:[A-Za-z0-9+/]{43})=?(?: .*)? \\((\\w+)\\)\\s*$");

  private ConsoleText() {}

  /**
   * {@return the keys in cloud-init's blocks, or, where there is no block, one a line}
   *
   * @throws IllegalArgumentException if there is none, or, without blocks, a line that holds none
   */
  static List<Pin> pins(String text) {
    List<String> blocks = new ArrayList<>();
    for (String kind : List.of("KEYS", "FINGERPRINTS")) {
      BLOCK
          .matcher(text)
          .results()
          .filter(b -> b.group(1).equals(kind))
          .reduce((first, second) -> second)
          .ifPresent(b -> blocks.add(b.group(2)));
    }
    List<Pin> pins =
        blocks.isEmpty()
            ? text.lines().filter(l -> !l.isBlank()).map(ConsoleText::required).toList()
            : blocks.stream().flatMap(String::lines).flatMap(l -> pin(l).stream()).toList();
    if (pins.isEmpty()) {
      throw new IllegalArgumentException(
          "no host key and no SHA256 fingerprint in the console's text of "
              + text.length()
              + " characters");
    }
    return pins.stream().distinct().toList();
  }

  private static Pin required(String line) {
    return pin(line)
        .orElseThrow(
            () -> new IllegalArgumentException("neither a host key nor a fingerprint: " + line));
  }

  private static Optional<Pin> pin(String line) {
    Matcher key = KEY.matcher(line);
    if (key.find()) {
      return PublicKey.parse(key.group(1), key.group(2)).map(Pin::of);
    }
    Matcher listed = LISTED.matcher(line);
    return listed.find()
        ? Optional.of(new Pin(type(listed.group(3), listed.group(1)), listed.group(2)))
        : Optional.empty();
  }

  private static String type(String name, String bits) {
    return switch (name) {
      case "ECDSA" -> "ecdsa-sha2-nistp" + bits;
      case "RSA" -> "ssh-rsa";
      default -> "ssh-" + name.toLowerCase(java.util.Locale.ROOT);
    };
  }
}
