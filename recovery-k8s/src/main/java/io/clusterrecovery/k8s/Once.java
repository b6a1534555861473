package io.clusterrecovery.k8s;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A setting that may be given once: a value silently replaced is the worst kind of mistake. */
final class Once<T> {
  private final String name;
  private @Nullable T value;

  Once(String name) {
    this.name = name;
  }

  void set(T given) {
    requireNonNull(given, name);
    if (value != null) {
      throw new IllegalStateException(name + " was set already, to " + value);
    }
    value = given;
  }

  T or(T fallback) {
    return value == null ? fallback : value;
  }

  Optional<T> optional() {
    return Optional.ofNullable(value);
  }

  T required() {
    if (value == null) {
      throw new IllegalStateException("missing setting: call " + name + "(…)");
    }
    return value;
  }

  static Duration positive(Duration time, String name) {
    if (notNegative(time, name).isZero()) {
      throw new IllegalArgumentException(name + " must be more than zero");
    }
    return time;
  }

  static Duration notNegative(Duration time, String name) {
    if (requireNonNull(time, name).isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative, was " + time);
    }
    return time;
  }
}
