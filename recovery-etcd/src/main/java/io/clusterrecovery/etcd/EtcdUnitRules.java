package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a systemd unit must be like for etcd to be restored or started with it: a pure function of
 * what was seen.
 */
final class EtcdUnitRules {
  private static final Set<String> OWN_FLAGS =
      Set.of("--config-file", "--name", "--data-dir", "--wal-dir", "--initial-", "--force-new-");

  private EtcdUnitRules() {}

  static List<Refusal> refusals(String host, SystemdUnit unit, String memberName) {
    if (!unit.exists()) {
      return List.of(
          unsupported(
              "%s has no unit '%s' (%s).".formatted(host, unit.name(), unit.loadState()),
              "Name the unit that runs etcd there with SystemdEtcd.unit(…)."));
    }
    List<Refusal> refusals = new ArrayList<>();
    OWN_FLAGS.stream()
        .filter(flag -> unit.execStart().contains(" " + flag))
        .forEach(flag -> refusals.add(flagGiven(host, unit, flag)));
    if (unit.variable("ETCD_WAL_DIR").isPresent()) {
      refusals.add(
          unsupported(
              "%s keeps its log apart from its data (ETCD_WAL_DIR).".formatted(host),
              "Restore this one by hand, or move the log into the data directory first."));
    }
    if (unit.variable("ETCD_DATA_DIR").filter(d -> d.startsWith("/")).isEmpty()) {
      refusals.add(
          unsupported(
              "Unit '%s' on %s sets no absolute ETCD_DATA_DIR.".formatted(unit.name(), host),
              "Set it in the unit's environment file."));
    }
    String name = unit.variable("ETCD_NAME").orElse("");
    if (!name.equals(memberName)) {
      refusals.add(
          new Refusal(
              Code.MEMBER_MISMATCH,
              "etcd on %s is called '%s', not '%s'.".formatted(host, name, memberName),
              "Check that this is the right host and the right name."));
    }
    return refusals;
  }

  /** The name must lead to the host itself, on the host itself: etcd resolves it there. */
  static List<Refusal> nameRefusals(String host, HostFacts facts, URI peerUrl) {
    if (facts.nameLeadsHere()) {
      return List.of();
    }
    String seen = facts.resolved().isEmpty() ? "nothing" : String.join(", ", facts.resolved());
    return List.of(
        new Refusal(
            Code.NAME_RESOLUTION,
            "On %s the name %s of its peer URL resolves to %s, but the host has %s."
                .formatted(host, Urls.host(peerUrl), seen, String.join(", ", facts.addresses())),
            "Correct the DNS record first; etcd would not start."));
  }

  private static Refusal flagGiven(String host, SystemdUnit unit, String flag) {
    return unsupported(
        "Unit '%s' on %s gives %s… on its command line, which variables cannot override."
            .formatted(unit.name(), host, flag),
        "Move it to the unit's environment file as an ETCD_ variable.");
  }

  private static Refusal unsupported(String found, String next) {
    return new Refusal(Code.ETCD_CONFIG_UNSUPPORTED, found, next);
  }
}
