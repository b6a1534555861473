package io.clusterrecovery.aws;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks of settings, shared by both operations. */
final class Require {
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");

  private Require() {}

  static String ipv4(String ip) {
    requireNonNull(ip, "ip");
    if (!isIpv4(ip)) {
      throw new IllegalArgumentException("'" + ip + "' is no IPv4 address");
    }
    return ip;
  }

  static boolean isIpv4(String ip) {
    return IPV4.matcher(ip).matches();
  }

  static List<String> addresses(String setter, String... ips) {
    List<String> given = List.of(ips);
    given.forEach(Require::ipv4);
    if (given.isEmpty() || given.stream().distinct().count() != given.size()) {
      throw new IllegalArgumentException(
          setter + " takes one or more addresses, each once: " + given);
    }
    return given;
  }

  static Duration positive(String name, Duration time) {
    requireNonNull(time, name);
    if (time.isZero() || time.isNegative()) {
      throw new IllegalArgumentException(name + " must be more than zero, was " + time);
    }
    return time;
  }

  static <T> T once(String setter, @Nullable T held, T value) {
    requireNonNull(value, setter);
    if (held != null) {
      throw new IllegalStateException("%s was set to '%s' already".formatted(setter, held));
    }
    return value;
  }

  static Duration orElse(@Nullable Duration held, Duration byDefault) {
    return held == null ? byDefault : held;
  }

  static <T> T given(@Nullable T value, String missing) {
    if (value == null) {
      throw new IllegalStateException(missing);
    }
    return value;
  }
}
