package io.clusterrecovery.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What systemd-nspawn leaves in the machine's /run when it is killed. */
final class NspawnTraces {
  private static final Path FOLDER = Path.of("/run/systemd/nspawn");

  private NspawnTraces() {}

  /** Removes the lock it held on the root directory of a host that is off, but still mounted. */
  static void unlock(Path merged) {
    if (!Files.isDirectory(merged)) {
      return;
    }
    try {
      String name =
          "inode-"
              + Files.getAttribute(merged, "unix:dev")
              + ":"
              + Files.getAttribute(merged, "unix:ino");
      Files.deleteIfExists(FOLDER.resolve("locks").resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes the folders of that lab's hosts, and those that are empty without them. */
  static void remove(String labId) {
    if (!Files.isDirectory(FOLDER)) {
      return;
    }
    String own = FOLDER + "/propagate/crl-" + labId + "-*";
    Exec.ok("find", FOLDER.toString(), "-depth", "-path", own, "-empty", "-delete");
    for (String each : List.of("propagate", "locks", "unix-export", "")) {
      Path folder = FOLDER.resolve(each);
      // Another lab's supervisor may be using it, or may have removed it already.
      Exec.run(
          Exec.LIMIT,
          new byte[0],
          List.of("rmdir", "--ignore-fail-on-non-empty", folder.toString()));
    }
  }
}
