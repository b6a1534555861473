package io.clusterrecovery.ssh;

import io.clusterrecovery.ssh.KnownHosts.Marker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * By what a host's key is trusted.
 *
 * @param alias the name that known_hosts has for the host, or null if it is its own
 */
record TrustSettings(
    List<Path> knownHosts, List<Pin> pinned, List<Pin> rebuilt, @Nullable String alias) {

  /**
   * {@return what is known of a host's keys now} A file that is not there holds none.
   *
   * @throws IOException if a file is there and cannot be read
   */
  HostTrust of(String host, int port) throws IOException {
    KnownHosts all = read();
    String bare = (alias == null ? host : alias).toLowerCase(Locale.ROOT);
    boolean otherPort = alias == null && port != SshHost.DEFAULT_PORT;
    String name = otherPort ? "[%s]:%d".formatted(bare, port) : bare;
    return new HostTrust(
        all.keys(Marker.NONE, name),
        otherPort ? all.keys(Marker.NONE, bare) : List.of(),
        either(all, Marker.CERT_AUTHORITY, name, bare),
        either(all, Marker.REVOKED, name, bare),
        pinned,
        rebuilt);
  }

  /** {@return where a key would have to be to be known, for a message} */
  String places() {
    return knownHosts.isEmpty()
        ? "what was named"
        : String.join(", ", knownHosts.stream().map(Path::toString).toList());
  }

  private static List<PublicKey> either(KnownHosts all, Marker marker, String name, String bare) {
    List<PublicKey> keys = new ArrayList<>(all.keys(marker, name));
    keys.addAll(all.keys(marker, bare));
    return keys.stream().distinct().toList();
  }

  private KnownHosts read() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : knownHosts) {
      if (!Files.notExists(file)) {
        lines.addAll(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
      }
    }
    return KnownHosts.parse(lines);
  }
}
