package io.clusterrecovery;

import org.jspecify.annotations.Nullable;

/** Values that a builder takes at most once. */
final class SetOnce {
  private SetOnce() {}

  static <T> T value(String setter, @Nullable T held, T value) {
    if (held != null) {
      throw new IllegalStateException("%s was set to '%s' already".formatted(setter, held));
    }
    return value;
  }
}
