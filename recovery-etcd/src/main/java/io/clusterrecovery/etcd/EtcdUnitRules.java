package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * What a systemd unit must be like for etcd to be restored or started with it: a pure function of
 * what was seen.
 */
final class EtcdUnitRules {
  private static final List<String> OWN_FLAGS =
      List.of("--config-file", "--name", "--data-dir", "--wal-dir", "--initial-", "--force-new-");

  /** They make etcd ignore all other variables, or found a new cluster at each start. */
  private static final List<String> OWN_VARIABLES =
      List.of("ETCD_CONFIG_FILE", "ETCD_FORCE_NEW_CLUSTER");

  /** They cannot stand beside {@code ETCD_INITIAL_CLUSTER}. */
  private static final List<String> DISCOVERY = List.of("ETCD_DISCOVERY", "ETCD_DISCOVERY_SRV");

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
        .filter(flag -> isGiven(unit.execStart(), flag))
        .forEach(flag -> refusals.add(flagGiven(host, unit, flag)));
    refusals.addAll(setVariables(host, unit, OWN_VARIABLES));
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

  /** What must not be set, besides, where etcd is to join by a list of members. */
  static List<Refusal> joinRefusals(String host, SystemdUnit unit) {
    return setVariables(host, unit, DISCOVERY);
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

  /** etcd takes its flags with one dash too. */
  private static boolean isGiven(String commandLine, String flag) {
    return commandLine.contains(" " + flag) || commandLine.contains(" " + flag.substring(1));
  }

  private static List<Refusal> setVariables(String host, SystemdUnit unit, List<String> names) {
    return names.stream()
        .filter(name -> unit.variable(name).isPresent())
        .map(
            name ->
                unsupported(
                    "Unit '%s' on %s sets %s.".formatted(unit.name(), host, name),
                    "Take it out, and configure etcd there by plain ETCD_ variables."))
        .toList();
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
