package io.clusterrecovery.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;

/** Writes the files a host is set up with, before it boots for the first time. */
final class HostSeed {
  private final Path root;

  HostSeed(Path root) {
    this.root = root;
  }

  HostSeed file(String path, String text) {
    return file(path, text, "rw-r--r--");
  }

  HostSeed secret(String path, String text) {
    return file(path, text, "rw-------");
  }

  HostSeed file(String path, String text, String mode) {
    Path file = inside(path);
    try {
      directory(parent(file));
      Files.writeString(file, text);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of the test kit, with each {@code @KEY@} in it replaced. */
  HostSeed template(String path, String resource, Map<String, String> values) {
    return file(path, filled(resource, values));
  }

  /** A text of the test kit, with each {@code @KEY@} in it replaced. */
  static String filled(String resource, Map<String, String> values) {
    String text = resource(resource);
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("@" + value.getKey() + "@", value.getValue());
    }
    return text;
  }

  HostSeed link(String path, String target) {
    Path link = inside(path);
    try {
      directory(parent(link));
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, Path.of(target));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HostSeed mask(String unit) {
    return link("/etc/systemd/system/" + unit, "/dev/null");
  }

  HostSeed enable(String unit) {
    return link(
        "/etc/systemd/system/multi-user.target.wants/" + unit, "/etc/systemd/system/" + unit);
  }

  HostSeed owner(String path, int id) {
    try {
      Files.setAttribute(inside(path), "unix:uid", id);
      Files.setAttribute(inside(path), "unix:gid", id);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HostSeed mode(String path, String mode) {
    try {
      Files.setPosixFilePermissions(inside(path), PosixFilePermissions.fromString(mode));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String resource(String name) {
    try (InputStream in = HostSeed.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the test kit's jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path parent(Path file) {
    return Objects.requireNonNull(file.getParent());
  }

  private Path inside(String path) {
    return root.resolve(path.substring(1));
  }

  private void directory(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    if (folder.equals(root)) {
      throw new NoSuchFileException(root.toString());
    }
    directory(parent(folder));
    Files.createDirectory(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
