package io.clusterrecovery;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/** Decides whether the clocks of hosts go together, as far as that was measured. */
final class ClockRules {
  private static final Duration WORTH_TELLING = Duration.ofSeconds(Preflight.WARN_SKEW_SECONDS);

  private final Collection<HostState> hosts;
  private final Duration most;

  ClockRules(Collection<HostState> hosts, Duration most) {
    this.hosts = hosts;
    this.most = most;
  }

  Optional<Refusal> problem() {
    if (surely().compareTo(most) <= 0) {
      return Optional.empty();
    }
    String found =
        "The clocks of the hosts are more than %s apart: %s."
            .formatted(Durations.words(most), listed());
    String next = "Set them right (chronyc makestep), and see why they went wrong.";
    return Optional.of(new Refusal(Code.CLOCK_SKEW, found, next));
  }

  List<String> warnings() {
    Duration surely = surely();
    if (surely.compareTo(most) > 0) {
      return List.of();
    }
    if (surely.compareTo(WORTH_TELLING) > 0) {
      return List.of(
          "The clocks of the hosts are more than %s apart: %s."
              .formatted(Durations.words(WORTH_TELLING), listed()));
    }
    if (possibly().compareTo(most) > 0) {
      return List.of(
          "The clocks of the hosts could not be compared well, the way there took long: %s."
              .formatted(listed()));
    }
    return ownIsOff()
        ? List.of("The clock of this machine differs from those of all hosts: " + listed() + ".")
        : List.of();
  }

  private boolean ownIsOff() {
    return !hosts.isEmpty()
        && hosts.stream()
            .map(HostState::clock)
            .allMatch(c -> c.ahead().abs().minus(c.uncertainty()).compareTo(WORTH_TELLING) > 0);
  }

  /** How far two of them are apart at least. */
  private Duration surely() {
    return widest(Duration::minus);
  }

  /** How far two of them may be apart. */
  private Duration possibly() {
    return widest(Duration::plus);
  }

  private Duration widest(BinaryOperator<Duration> withUncertainty) {
    Duration widest = Duration.ZERO;
    for (HostState one : hosts) {
      for (HostState other : hosts) {
        if (!one.host().equals(other.host())) {
          Duration apart = withUncertainty.apply(apart(one, other), uncertainty(one, other));
          widest = apart.compareTo(widest) > 0 ? apart : widest;
        }
      }
    }
    return widest;
  }

  private static Duration apart(HostState one, HostState other) {
    return one.clock().ahead().minus(other.clock().ahead()).abs();
  }

  private static Duration uncertainty(HostState one, HostState other) {
    return one.clock().uncertainty().plus(other.clock().uncertainty());
  }

  private String listed() {
    return hosts.stream().map(h -> h.host() + " " + h.clock()).collect(Collectors.joining(", "));
  }
}
