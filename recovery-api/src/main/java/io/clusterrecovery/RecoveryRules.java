package io.clusterrecovery;

import io.clusterrecovery.RecoverySettings.Given;
import io.clusterrecovery.RecoverySettings.Told;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the settings of a recovery need of each other. */
final class RecoveryRules {
  private RecoveryRules() {}

  static void require(RecoverySettings<?> recovery) {
    boolean told = recovery.masters() instanceof Told<?>;
    if (told && recovery.order() == RecoveryOrder.ONE_BY_ONE) {
      throw new IllegalStateException(
          "masters that join one by one must be known by name: give masters(…) their names");
    }
    boolean byAddress = recovery.dns().isPresent() || recovery.balancer().isPresent();
    if (byAddress && recovery.survivors().isEmpty()) {
      throw new IllegalStateException("dns(…) and balancer(…) need survivors(…)");
    }
    requireNames(recovery, told);
    requireDistinct(recovery);
  }

  private static void requireNames(RecoverySettings<?> recovery, boolean told) {
    if (recovery.dns().isEmpty()) {
      return;
    }
    int hosts = recovery.survivors().size() + recovery.masters().names().size();
    int names = recovery.names().size();
    if (told ? names <= recovery.survivors().size() : names != hosts) {
      throw new IllegalStateException(
          "dns(…) has %d names for %d survivors and %s new masters"
              .formatted(
                  names,
                  recovery.survivors().size(),
                  told ? "some" : recovery.masters().names().size()));
    }
  }

  private static void requireDistinct(RecoverySettings<?> recovery) {
    List<Master> given = recovery.masters() instanceof Given<?> g ? g.masters() : List.of();
    Stream<Master> known = Stream.of(recovery.survivors(), given).flatMap(List::stream);
    Set<String> addresses = new HashSet<>();
    known
        .filter(master -> !addresses.add(master.address()))
        .findFirst()
        .ifPresent(
            twice -> {
              throw new IllegalStateException("two masters have the address of " + twice);
            });
  }
}
