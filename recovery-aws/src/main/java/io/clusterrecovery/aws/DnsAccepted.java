package io.clusterrecovery.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the caller accepts to be changed, by the names as they were given.
 *
 * @param routed the set identifier of the one to be changed, by name
 */
record DnsAccepted(
    boolean publicZone,
    Set<String> alias,
    Map<String, String> routed,
    Set<String> severalValues,
    Set<String> foreign) {

  static DnsAccepted nothing() {
    return new DnsAccepted(false, Set.of(), Map.of(), Set.of(), Set.of());
  }

  DnsAccepted {
    alias = Set.copyOf(alias);
    routed = Map.copyOf(routed);
    severalValues = Set.copyOf(severalValues);
    foreign = Set.copyOf(foreign);
  }

  /** Each by the name of its setter, for the plan. */
  List<String> shown() {
    List<String> shown = new ArrayList<>();
    if (publicZone) {
      shown.add("acceptPublicZone");
    }
    new TreeSet<>(alias).forEach(name -> shown.add("acceptAlias(" + name + ")"));
    new TreeMap<>(routed)
        .forEach((name, id) -> shown.add("acceptRouted(" + name + ", " + id + ")"));
    new TreeSet<>(severalValues).forEach(name -> shown.add("acceptSeveralValues(" + name + ")"));
    new TreeSet<>(foreign).forEach(name -> shown.add("acceptForeign(" + name + ")"));
    return shown;
  }

  /** The same, by whole names. */
  DnsAccepted within(String zone) {
    Map<String, String> ids = new TreeMap<>();
    routed.forEach((name, id) -> DnsNames.within(zone, name).ifPresent(w -> ids.put(w, id)));
    return new DnsAccepted(
        publicZone, whole(zone, alias), ids, whole(zone, severalValues), whole(zone, foreign));
  }

  private static Set<String> whole(String zone, Set<String> names) {
    Set<String> whole = new TreeSet<>();
    names.forEach(name -> DnsNames.within(zone, name).ifPresent(whole::add));
    return whole;
  }
}
