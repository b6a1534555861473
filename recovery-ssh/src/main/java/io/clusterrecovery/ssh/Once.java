package io.clusterrecovery.ssh;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** A setting that is given at most once: a silently replaced one is the worst mistake. */
final class Once<T> {
  private final String name;
  private @Nullable T value;

  Once(String name) {
    this.name = name;
  }

  void set(T given) {
    requireNonNull(given, name);
    if (value != null) {
      throw new IllegalStateException(name + " was set before, to " + value);
    }
    value = given;
  }

  boolean isSet() {
    return value != null;
  }

  @Nullable T orNull() {
    return value;
  }

  T or(T other) {
    return value == null ? other : value;
  }
}
