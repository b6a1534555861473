package io.clusterrecovery.ssh;

import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Files on this machine. */
final class LocalFiles {
  private static final int BUFFER_SIZE = 128 << 10;

  private LocalFiles() {}

  static long size(Path file, Failures failures) {
    try {
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        throw unreadable(file, "does not exist, is no regular file, or may not be read", failures);
      }
      return Files.size(file);
    } catch (IOException e) {
      throw unreadable(file, "cannot be read: " + e, failures);
    }
  }

  static String sha256(Path file, Failures failures) {
    MessageDigest digest = SideDigest.sha256();
    byte[] buffer = new byte[BUFFER_SIZE];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw unreadable(file, "cannot be read: " + e, failures);
    }
  }

  static RefusedException unreadable(Path file, String found, Failures failures) {
    return failures.refused(
        Code.FILE_UNREADABLE,
        "the local file " + file + " " + found + ".",
        "Name a file that can be read here.");
  }
}
