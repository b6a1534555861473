package io.clusterrecovery.etcd;

import static io.clusterrecovery.etcd.OpenShift41.HOME;
import static io.clusterrecovery.etcd.OpenShift41Facts.ETCD_MANIFEST;
import static io.clusterrecovery.etcd.OpenShift41Facts.MANIFESTS;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a master of OpenShift 4.1 must be like for its restore script to be started: a pure function
 * of what was seen. The script looks at little of this itself, or when the data is gone already.
 */
final class OpenShift41Rules {
  private static final long MARGIN = 256L << 20;

  private OpenShift41Rules() {}

  /**
   * {@return every reason not to start the script}
   *
   * @param memberName what the caller said; compared only
   * @param peerUrl likewise
   * @param snapshotSize in bytes
   */
  static List<Refusal> refusals(
      String host, OpenShift41Facts facts, String memberName, URI peerUrl, long snapshotSize) {
    List<Refusal> refusals = new ArrayList<>(toolRefusals(host, facts));
    facts
        .running()
        .forEach(
            script ->
                refusals.add(
                    new Refusal(
                        Code.STILL_RUNNING,
                        "%s runs on %s, and nobody here has started it.".formatted(script, host),
                        "Let it end, or end it, and plan again.")));
    if (!facts.manifests().containsKey(ETCD_MANIFEST)
        && !facts.leftovers().containsKey(ETCD_MANIFEST)) {
      refusals.add(
          unsupported(
              "%s has no %s/%s.".formatted(host, MANIFESTS, ETCD_MANIFEST),
              "Check that it is a master of OpenShift 4.1; or put the manifest back from a backup."));
    }
    if (facts.dataIsMountPoint()) {
      refusals.add(
          unsupported(
              "/var/lib/etcd on %s is a mount point, which the script empties and fails to remove."
                  .formatted(host),
              "Mount its parent instead, or restore by hand."));
    }
    refusals.addAll(nameRefusals(host, facts));
    refusals.addAll(memberRefusals(host, facts, memberName, peerUrl));
    refusals.addAll(roomRefusals(host, facts, snapshotSize));
    return refusals;
  }

  private static List<Refusal> toolRefusals(String host, OpenShift41Facts facts) {
    List<Refusal> refusals = new ArrayList<>();
    if (!facts.hasScript()) {
      refusals.add(
          missing(
              "%s has no %s.".formatted(host, OpenShift41Scripts.RESTORE),
              "Check that it is a master of OpenShift 4.1; else choose another method."));
    }
    if (!facts.missing().isEmpty()) {
      refusals.add(
          missing(
              "%s lacks what the script calls: %s."
                  .formatted(host, String.join(", ", facts.missing())),
              "Put it where root finds it; the script would leave the host half way."));
    } else if (!facts.runtimeAnswers()) {
      refusals.add(
          missing(
              "crictl on %s fails, so the script would not wait for etcd to stop.".formatted(host),
              "See that the container runtime runs there."));
    }
    if (!facts.hasHome()) {
      refusals.add(unsupported("%s has no %s.".formatted(host, HOME), "Make it."));
    }
    return refusals;
  }

  /** etcd's tool resolves the name when the data is gone already. */
  private static List<Refusal> nameRefusals(String host, OpenShift41Facts facts) {
    if (facts.dnsName().isEmpty()) {
      return List.of(
          names(
              "%s does not know its name in DNS: /run/etcd/environment is not there, and no SRV"
                      .formatted(host)
                  + " record of '%s' leads to it.".formatted(facts.domain()),
              "Correct the SRV and A records."));
    }
    if (!facts.addresses().contains(facts.address())) {
      return List.of(
          names(
              "%s takes %s for its address, and has %s."
                  .formatted(host, facts.address(), String.join(", ", facts.addresses())),
              "Remove /run/etcd/environment there, and correct the records."));
    }
    if (!facts.resolved().equals(List.of(facts.address()))) {
      String seen = facts.resolved().isEmpty() ? "nothing" : String.join(", ", facts.resolved());
      return List.of(
          names(
              "On %s the name %s resolves to %s, and must resolve to %s."
                  .formatted(host, facts.dnsName(), seen, facts.address()),
              "Correct the record; the script would notice with the data removed."));
    }
    return List.of();
  }

  private static List<Refusal> memberRefusals(
      String host, OpenShift41Facts facts, String memberName, URI peerUrl) {
    List<Refusal> refusals = new ArrayList<>();
    if (facts.name().isEmpty()) {
      refusals.add(
          unsupported(
              "What etcd on %s is called cannot be told: it does not run, and no log of its pod is"
                      .formatted(host)
                  + " there.",
              "Start the kubelet, so that the pod is made."));
    } else if (!facts.name().equals(memberName)) {
      refusals.add(
          mismatch(
              "etcd on %s is called '%s', not '%s'.".formatted(host, facts.name(), memberName)));
    }
    if (!facts.dnsName().isEmpty() && !peerUrl(facts).equals(peerUrl.toString())) {
      refusals.add(
          mismatch(
              "etcd on %s has the peer URL %s, not %s.".formatted(host, peerUrl(facts), peerUrl)));
    }
    return refusals;
  }

  /** The port is the one that the scripts know. */
  static String peerUrl(OpenShift41Facts facts) {
    return "https://" + facts.dnsName() + ":2380";
  }

  /** The script copies the old data below the home folder, and restores where it was. */
  private static List<Refusal> roomRefusals(
      String host, OpenShift41Facts facts, long snapshotSize) {
    Map<String, Long> needed = new LinkedHashMap<>();
    Map<String, String> places = new LinkedHashMap<>();
    Map<String, Long> each =
        Map.of("home", facts.used() + MARGIN, "data", snapshotSize + MARGIN, "run", snapshotSize);
    for (String where : List.of("home", "data", "run")) {
      needed.merge(facts.room(where).device(), each.getOrDefault(where, 0L), Long::sum);
      places.putIfAbsent(facts.room(where).device(), where);
    }
    List<Refusal> refusals = new ArrayList<>();
    places.forEach(
        (device, where) -> {
          long free = facts.room(where).free();
          long wanted = needed.getOrDefault(device, 0L);
          if (free < wanted) {
            refusals.add(
                new Refusal(
                    Code.DISK_FULL,
                    "%s has %d MiB free in %s, and %d MiB are needed."
                        .formatted(host, free >> 20, folder(where), wanted >> 20),
                    "Make room; old snapshots and logs are a good start."));
          }
        });
    return refusals;
  }

  private static String folder(String where) {
    return switch (where) {
      case "home" -> HOME;
      case "data" -> OpenShift41Facts.DATA_DIR;
      default -> "/var/lib/cluster-recovery";
    };
  }

  private static Refusal mismatch(String found) {
    return new Refusal(
        Code.MEMBER_MISMATCH,
        found,
        "Check that this is the right host; name and URL are the host's, member(…) is compared.");
  }

  private static Refusal names(String found, String next) {
    return new Refusal(Code.NAME_RESOLUTION, found, next);
  }

  private static Refusal missing(String found, String next) {
    return new Refusal(Code.TOOL_MISSING, found, next);
  }

  private static Refusal unsupported(String found, String next) {
    return new Refusal(Code.ETCD_CONFIG_UNSUPPORTED, found, next);
  }
}
