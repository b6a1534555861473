package io.clusterrecovery.ssh;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import io.clusterrecovery.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads private keys in the formats of OpenSSH, PKCS#1, SEC 1 and PKCS#8. */
final class KeyFileReader {
  private static final String NAME_ONE = "Name a private key that this user may read.";

  private KeyFileReader() {}

  /** What came of it. */
  sealed interface Read {}

  /** A key that can sign. */
  record Usable(Identity key) implements Read {}

  /**
   * A file of no use.
   *
   * @param locked whether only its passphrase is missing
   */
  record Unusable(String found, String next, boolean locked, @Nullable Throwable cause)
      implements Read {}

  static Read read(KeyFile file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file.file());
    } catch (NoSuchFileException e) {
      return unusable("the file " + file + " does not exist.", NAME_ONE, e);
    } catch (IOException e) {
      return unusable("the file " + file + " cannot be read: " + e + ".", NAME_ONE, e);
    }
    try {
      return read(file, bytes);
    } catch (JSchException e) {
      return unusable("the file " + file + " is no private key.", NAME_ONE, e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static Read read(KeyFile file, byte[] bytes) throws JSchException {
    JSch jsch = new JSch();
    KeyPair pair = KeyPair.load(jsch, bytes.clone(), null);
    byte[] passphrase = revealed(file.passphrase());
    try {
      if (pair.isEncrypted() && passphrase == null) {
        return new Unusable(
            "the key " + file + " is protected by a passphrase.",
            "Give it with identity(file, passphrase), or add the key to an ssh-agent and name that"
                + " with agent().",
            true,
            null);
      }
      if (pair.isEncrypted() && !pair.decrypt(passphrase)) {
        return unusable(
            "the passphrase given for the key " + file + " is not its passphrase.",
            "Give the right one.",
            null);
      }
      jsch.addIdentity(file.toString(), bytes.clone(), null, passphrase);
      return new Usable(jsch.getIdentityRepository().getIdentities().get(0));
    } finally {
      pair.dispose();
      if (passphrase != null) {
        Arrays.fill(passphrase, (byte) 0);
      }
    }
  }

  private static byte @Nullable [] revealed(@Nullable Secret passphrase) {
    return passphrase == null ? null : passphrase.reveal();
  }

  private static Unusable unusable(String found, String next, @Nullable Throwable cause) {
    return new Unusable(found, next, false, cause);
  }
}
