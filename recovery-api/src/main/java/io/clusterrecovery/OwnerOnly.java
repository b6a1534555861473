package io.clusterrecovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Keeps what has secrets in it readable by its owner alone, where the file system knows POSIX
 * permissions; elsewhere, as on Windows, a file has the rights that its folder gives it.
 */
public final class OwnerOnly {
  private static final String FILE = "rw-------";
  private static final String FOLDER = "rwx------";

  private OwnerOnly() {}

  /** {@return what a file is created with, at that path or beside it} */
  public static FileAttribute<?>[] file(Path path) {
    return attributes(path, FILE);
  }

  /** {@return what a folder is created with, at that path} */
  public static FileAttribute<?>[] folder(Path path) {
    return attributes(path, FOLDER);
  }

  /**
   * Takes a file that is there already from everybody else.
   *
   * @throws IOException if it belongs to somebody else, or is not there
   */
  public static void restrict(Path file) throws IOException {
    if (isPosix(file)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(FILE));
    }
  }

  private static FileAttribute<?>[] attributes(Path path, String mode) {
    if (!isPosix(path)) {
      return new FileAttribute<?>[0];
    }
    Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(mode);
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
  }

  /** {@return whether the file system of that path is one of POSIX} */
  static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
