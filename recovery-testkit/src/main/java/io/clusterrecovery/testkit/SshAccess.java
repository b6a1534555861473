package io.clusterrecovery.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The lab's own SSH identity, and the host keys it knows. */
final class SshAccess {
  private final Path folder;

  private SshAccess(Path folder) {
    this.folder = folder;
  }

  static SshAccess create(Path folder) {
    try {
      SshAccess access = new SshAccess(folder);
      newKey(access.key(), "lab");
      Files.createFile(access.knownHosts());
      Files.createFile(access.config());
      return access;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path key() {
    return folder.resolve("id_ed25519");
  }

  Path knownHosts() {
    return folder.resolve("known_hosts");
  }

  Path config() {
    return folder.resolve("config");
  }

  String authorizedKey() {
    return text(publicKey(key()));
  }

  /** Adds a host: its key under its name and its address, and its entry in the configuration. */
  synchronized void add(String name, String address, Path hostKey) {
    String[] words = text(publicKey(hostKey)).split(" ", -1);
    append(knownHosts(), name + "," + address + " " + words[0] + " " + words[1] + "\n");
    append(
        config(),
        String.join(
            "\n  ",
            List.of(
                "Host " + name,
                "HostName " + address,
                "User core",
                "IdentityFile " + key(),
                "IdentitiesOnly yes",
                "UserKnownHostsFile " + knownHosts(),
                "GlobalKnownHostsFile /dev/null",
                "StrictHostKeyChecking yes",
                "BatchMode yes",
                "ConnectTimeout 10\n")));
  }

  static void newKey(Path file, String comment) {
    Exec.ok("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", file.toString());
  }

  static String fingerprint(Path hostKey) {
    return Exec.ok("ssh-keygen", "-l", "-E", "sha256", "-f", publicKey(hostKey).toString())
        .split(" ", -1)[1];
  }

  static Path publicKey(Path key) {
    return key.resolveSibling(key.getFileName() + ".pub");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void append(Path file, String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
