package io.clusterrecovery.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the lab's parts and the state of running labs lie on this machine. */
final class LabPaths {
  static final String KUBERNETES_VERSION = "1.34.4";
  private static final String RECIPE = "rootfs/recipe.sh";

  private LabPaths() {}

  static Path cache() {
    return base(System.getenv("XDG_CACHE_HOME"), ".cache");
  }

  static Path state() {
    return base(System.getenv("XDG_STATE_HOME"), ".local/state");
  }

  static Path rootfs() {
    return part("rootfs-" + recipeDigest());
  }

  static Path kubernetes() {
    return part("kubernetes-" + KUBERNETES_VERSION);
  }

  static Path moto() {
    return part("venv-moto-5.2.5");
  }

  static Path bind() {
    return part("bind-9.18");
  }

  static Path etcd(String version) {
    return part("etcd-" + version);
  }

  private static Path part(String name) {
    Path part = cache().resolve(name);
    if (!Files.isDirectory(part)) {
      throw new IllegalStateException(part + " is not there; run bin/lab-install to make it");
    }
    return part;
  }

  private static Path base(@Nullable String configured, String underHome) {
    Path base =
        configured == null || configured.isEmpty()
            ? Path.of(home(), underHome)
            : Path.of(configured);
    return real(base.resolve("cluster-recovery"));
  }

  private static String home() {
    return Optional.ofNullable(System.getenv("HOME"))
        .orElseGet(() -> System.getProperty("user.home"));
  }

  /** The kernel's mount table has no symbolic links in it, so our paths must not have any. */
  private static Path real(Path folder) {
    try {
      return Files.createDirectories(folder).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String recipeDigest() {
    try (InputStream recipe = LabPaths.class.getResourceAsStream(RECIPE)) {
      if (recipe == null) {
        throw new IllegalStateException(RECIPE + " is missing from the test kit's jar");
      }
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(recipe.readAllBytes());
      return HexFormat.of().formatHex(digest).substring(0, 12);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
