package io.clusterrecovery.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Sets up the host that stands for what the cloud provides: a resolver and a balancer. */
final class ServicesSeed {
  static final String HOST = "services";
  private static final String UNITS = "/etc/systemd/system/";
  private static final List<String> ENABLED =
      List.of("dnsmasq.service", "haproxy.service", "zone.path", "balancer.path");
  private static final List<String> TRIGGERED = List.of("zone.service", "balancer.service");

  private ServicesSeed() {}

  static void write(HostSeed seed) {
    ENABLED.forEach(
        unit -> seed.file(UNITS + unit, HostSeed.resource("host/" + unit)).enable(unit));
    TRIGGERED.forEach(unit -> seed.file(UNITS + unit, HostSeed.resource("host/" + unit)));
    seed.file("/srv/lab/.keep", "");
  }

  /** What resolver and balancer start with; the simulator replaces these files by its own. */
  static void initialFiles(Path folder, Map<String, String> records) {
    String hosts =
        records.entrySet().stream()
            .map(record -> record.getValue() + " " + record.getKey() + "." + EtcdSeed.ZONE + "\n")
            .sorted()
            .collect(Collectors.joining());
    LabPki.secretFile(folder.resolve("zone.hosts"), hosts);
    LabPki.secretFile(folder.resolve("zone.conf"), "");
    LabPki.secretFile(
        folder.resolve("haproxy.cfg"), AwsBalancerConfig.render(List.of(), List.of()));
  }
}
