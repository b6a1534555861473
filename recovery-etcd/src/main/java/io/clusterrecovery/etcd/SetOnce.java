package io.clusterrecovery.etcd;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** Settings that are given once: in an emergency a silently replaced one is the worst mistake. */
final class SetOnce {
  private SetOnce() {}

  static <T> T value(String setter, @Nullable T held, T value) {
    requireNonNull(value, setter);
    if (held != null) {
      throw new IllegalStateException("%s was set to '%s' already".formatted(setter, held));
    }
    return value;
  }

  static <T> T required(String setter, @Nullable T held) {
    if (held == null) {
      throw new IllegalStateException(setter + " is missing");
    }
    return held;
  }
}
