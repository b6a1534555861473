package io.clusterrecovery.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns what is in the zone into what dnsmasq serves: a hosts file, and a file of options. */
final class AwsZoneFiles {
  private static final Set<String> ADDRESSES = Set.of("A", "AAAA");

  private final Path dir;

  AwsZoneFiles(Path dir) {
    this.dir = dir;
  }

  void write(List<AwsRecordSet> records) {
    AwsFiles.write(dir.resolve("zone.hosts"), hosts(records));
    AwsFiles.write(dir.resolve("zone.conf"), options(records));
  }

  static String hosts(List<AwsRecordSet> records) {
    return lines(
        records.stream()
            .filter(set -> ADDRESSES.contains(set.key().type()))
            .flatMap(
                set -> set.values().stream().map(ip -> ip + " " + relative(set.key().name()))));
  }

  static String options(List<AwsRecordSet> records) {
    return lines(
        records.stream()
            .filter(set -> set.key().type().equals("SRV"))
            .flatMap(set -> set.values().stream().map(value -> service(set, value))));
  }

  // Route 53 has "priority weight port target", dnsmasq "name,target,port,priority,weight".
  private static String service(AwsRecordSet set, String value) {
    List<String> part = List.of(value.split("\\s+"));
    return "srv-host=%s,%s,%s,%s,%s"
        .formatted(
            relative(set.key().name()),
            relative(part.get(3)),
            part.get(2),
            part.get(0),
            part.get(1));
  }

  private static String relative(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static String lines(Stream<String> lines) {
    return lines.sorted().map(line -> line + "\n").collect(Collectors.joining());
  }
}
