package io.clusterrecovery.ssh;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file with a private key, and what opens it. */
record KeyFile(Path file, @Nullable Secret passphrase) {

  KeyFile {
    requireNonNull(file, "key");
  }

  /** {@return the public key in the file beside it, or in the file itself, if there is one} */
  Optional<PublicKey> publicKey() {
    Path beside = file.resolveSibling(file.getFileName() + ".pub");
    return publicKeyIn(Files.exists(beside) ? beside : file);
  }

  private static Optional<PublicKey> publicKeyIn(Path file) {
    try {
      String[] words = Files.readString(file, StandardCharsets.ISO_8859_1).split("\\s+", -1);
      return words.length < 2 ? Optional.empty() : PublicKey.parse(words[0], words[1]);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** {@return the file alone} */
  @Override
  public String toString() {
    return file.toString();
  }
}
