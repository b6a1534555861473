package io.clusterrecovery.aws;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Decides which member is {@code etcd-0}, {@code etcd-1}, …: who has a record keeps it, and who has
 * none takes the index of a lost host, the lowest first, or the next one that is free.
 */
final class EtcdIndexes {
  private static final String SRV = "SRV";

  private final DnsSettings.Etcd etcd;
  private final Set<String> lost;
  private final ZoneSeen zone;
  private final String type;
  private final Map<String, String> addresses = new LinkedHashMap<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private EtcdIndexes(DnsSettings.Etcd etcd, Set<String> lost, ZoneSeen zone) {
    this.etcd = etcd;
    this.lost = lost;
    this.zone = zone;
    this.type = Ip.recordType(etcd.members().get(0));
  }

  /**
   * The records that etcd's discovery needs.
   *
   * @param addresses the address of each name, by whole name
   * @param services every value that the SRV record shall have
   */
  record Given(
      Map<String, String> addresses,
      List<String> services,
      List<Refusal> refusals,
      List<String> notes) {}

  static Given decide(DnsSettings.Etcd etcd, Set<String> lost, ZoneSeen zone) {
    return new EtcdIndexes(etcd, lost, zone).given();
  }

  static String serviceName(String domain) {
    return "_etcd-server-ssl._tcp." + domain;
  }

  private Given given() {
    NavigableMap<Integer, RecordSeen> unclaimed = keepThoseThatHaveOne();
    List<String> newcomers = new ArrayList<>(etcd.members());
    newcomers.removeAll(addresses.values());
    List<Integer> free = free(unclaimed, newcomers.size());
    for (String newcomer : newcomers) {
      int index = free.isEmpty() ? nextUnused(unclaimed) : free.remove(0);
      unclaimed.remove(index);
      addresses.put(name(index), newcomer);
    }
    unclaimed.forEach(
        (index, record) ->
            notes.add(
                "%s (%s) is of no member, and stays as it is"
                    .formatted(name(index), String.join(", ", record.values()))));
    return new Given(addresses, services(), refusals, notes);
  }

  private NavigableMap<Integer, RecordSeen> keepThoseThatHaveOne() {
    NavigableMap<Integer, RecordSeen> unclaimed = new TreeMap<>();
    present()
        .forEach(
            (index, record) -> {
              String held = record.values().isEmpty() ? "" : Ip.normal(record.values().get(0));
              boolean kept =
                  record.values().size() == 1
                      && etcd.members().contains(held)
                      && !addresses.containsValue(held);
              if (kept) {
                addresses.put(name(index), held);
              } else {
                unclaimed.put(index, record);
              }
            });
    return unclaimed;
  }

  private NavigableMap<Integer, RecordSeen> present() {
    String pattern = "etcd-(0|[1-9]\\d{0,3})\\." + java.util.regex.Pattern.quote(etcd.domain());
    NavigableMap<Integer, RecordSeen> present = new TreeMap<>();
    zone.records().keySet().stream()
        .filter(name -> name.matches(pattern))
        .forEach(
            name ->
                zone.named(name, type).stream()
                    .findFirst()
                    .ifPresent(record -> present.put(index(name), record)));
    return present;
  }

  private List<Integer> free(NavigableMap<Integer, RecordSeen> unclaimed, int newcomers) {
    List<Integer> free =
        unclaimed.entrySet().stream()
            .filter(e -> lost.isEmpty() || holdsLost(e.getValue()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(ArrayList::new));
    if (lost.isEmpty() && newcomers > 0 && free.size() > newcomers) {
      String names = free.stream().map(this::name).collect(Collectors.joining(", "));
      refusals.add(
          new Refusal(
              Code.RECORD_NOT_NAMED,
              "%d new members could take the records of %d hosts that are no members: %s."
                  .formatted(newcomers, free.size(), names),
              "Name every member, or name the addresses of the lost hosts with lost(…)."));
    }
    return free;
  }

  private boolean holdsLost(RecordSeen record) {
    return record.values().stream().map(Ip::normal).allMatch(lost::contains);
  }

  private int nextUnused(NavigableMap<Integer, RecordSeen> unclaimed) {
    int index = 0;
    while (unclaimed.containsKey(index) || addresses.containsKey(name(index))) {
      index++;
    }
    return index;
  }

  // Priority, weight and port are as those of the entries that are there already.
  private List<String> services() {
    List<String> values =
        zone.named(serviceName(etcd.domain()), SRV).stream()
            .findFirst()
            .map(RecordSeen::values)
            .orElse(List.of());
    String before =
        values.stream()
            .findFirst()
            .map(value -> value.substring(0, value.lastIndexOf(' ') + 1))
            .orElse("0 10 2380 ");
    List<String> services = new ArrayList<>(values);
    for (String name : new TreeMap<>(byIndex()).values()) {
      if (values.stream().noneMatch(value -> DnsNames.relative(value).endsWith(" " + name))) {
        services.add(before + name);
      }
    }
    return services;
  }

  private Map<Integer, String> byIndex() {
    return addresses.keySet().stream().collect(Collectors.toMap(EtcdIndexes::index, name -> name));
  }

  private String name(int index) {
    return "etcd-" + index + "." + etcd.domain();
  }

  private static int index(String name) {
    return Integer.parseInt(name.substring("etcd-".length(), name.indexOf('.')));
  }
}
