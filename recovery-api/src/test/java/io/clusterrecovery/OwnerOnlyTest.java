package io.clusterrecovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class OwnerOnlyTest {

  @Test
  void posix_fileAndFolder_areTheOwnersAlone() throws IOException {
    Configuration posix =
        Configuration.unix().toBuilder().setAttributeViews("basic", "posix").build();
    try (FileSystem system = Jimfs.newFileSystem(posix)) {
      Path folder = system.getPath("folder");
      Path file = folder.resolve("file");
      Files.createDirectory(folder, OwnerOnly.folder(folder));
      Files.createFile(file, OwnerOnly.file(file));
      assertThat(mode(folder)).isEqualTo("rwx------");
      assertThat(mode(file)).isEqualTo("rw-------");

      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      OwnerOnly.restrict(file);

      assertThat(mode(file)).isEqualTo("rw-------");
    }
  }

  @Test
  void windows_fileAndFolder_areMadeAllTheSame() throws IOException {
    try (FileSystem system = Jimfs.newFileSystem(Configuration.windows())) {
      Path folder = system.getPath("folder");
      Path file = folder.resolve("file");
      Files.createDirectory(folder, OwnerOnly.folder(folder));
      Files.createFile(file, OwnerOnly.file(file));

      OwnerOnly.restrict(file);

      assertThat(file).exists();
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
