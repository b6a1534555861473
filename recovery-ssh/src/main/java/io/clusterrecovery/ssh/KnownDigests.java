package io.clusterrecovery.ssh;

import io.clusterrecovery.OwnerOnly;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Remembers, in the cache of this machine's user, digests that were computed from a file's bytes,
 * with what told that file from all others then: device, inode, size, and the times at which its
 * content and anything of it changed. Nobody can set the latter, so a file for which all of these
 * are the same has not been written to since. Where remembering fails, digests are computed anew.
 */
final class KnownDigests {
  /** Reading less takes no time worth saving. */
  static final long LEAST_SIZE = 16 << 20;

  private static final Logger LOG = System.getLogger(KnownDigests.class.getName());
  private static final int MOST = 200;

  private final Path folder;

  KnownDigests(Path folder) {
    this.folder = folder;
  }

  static KnownDigests ofUser() {
    String configured = System.getenv("XDG_CACHE_HOME");
    Path caches =
        configured == null || configured.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(configured);
    return new KnownDigests(caches.resolve("cluster-recovery").resolve("digests"));
  }

  /**
   * {@return the digest of a file that has not changed since it was remembered}
   *
   * @param file names the file and its machine
   * @param identity tells it from all others; empty if that is not known
   */
  Optional<String> find(String file, String identity) {
    if (identity.isEmpty()) {
      return Optional.empty();
    }
    try {
      List<String> lines = Files.readAllLines(entry(file));
      boolean same = lines.size() == 2 && lines.get(0).equals(identity);
      return same ? Optional.of(lines.get(1)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  void remember(String file, String identity, String sha256, long size) {
    if (identity.isEmpty() || size < LEAST_SIZE) {
      return;
    }
    try {
      Files.createDirectories(folder, OwnerOnly.folder(folder));
      forgetOldest();
      Path aside = Files.createTempFile(folder, "tmp.", "");
      Files.write(aside, List.of(identity, sha256));
      Files.move(aside, entry(file), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the digest of " + file + " could not be remembered", e);
    }
  }

  private void forgetOldest() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      if (all.size() >= MOST) {
        Path oldest =
            all.stream().min(Comparator.comparing(file -> file.toFile().lastModified())).get();
        Files.deleteIfExists(oldest);
      }
    }
  }

  private Path entry(String file) {
    byte[] digest = SideDigest.sha256().digest(file.getBytes(StandardCharsets.UTF_8));
    return folder.resolve(HexFormat.of().formatHex(digest, 0, 16));
  }
}
