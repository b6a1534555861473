package io.clusterrecovery.ssh;

import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import java.time.Duration;
import java.util.Optional;

/** Reads small files. */
record SmallFile(Scripts scripts, Failures failures) {
  private static final int LARGEST = 1 << 20;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  Optional<byte[]> read(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("not an absolute path: " + path);
    }
    String most = Integer.toString(LARGEST + 1);
    Reply reply = scripts.ask("reading " + path, Script.READ, LIMIT, path, most);
    return switch (reply.get("kind")) {
      case "absent" -> Optional.empty();
      case "file" -> Optional.of(small(path, reply.payload().array()));
      default -> throw refused(path + " is no regular file.", "Name a regular file.");
    };
  }

  private byte[] small(String path, byte[] bytes) {
    if (bytes.length > LARGEST) {
      throw refused(path + " is larger than 1 MiB.", "Download it.");
    }
    return bytes;
  }

  private RefusedException refused(String found, String next) {
    return failures.refused(Code.FILE_UNREADABLE, found, next);
  }
}
