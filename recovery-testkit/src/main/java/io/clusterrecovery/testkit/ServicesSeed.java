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

  private static final String SRV = "srv-host=_etcd-server-ssl._tcp.%s,%s.%s,2380,0,10%n";

  private ServicesSeed() {}

  static void write(HostSeed seed) {
    ENABLED.forEach(
        unit -> seed.file(UNITS + unit, HostSeed.resource("host/" + unit)).enable(unit));
    TRIGGERED.forEach(unit -> seed.file(UNITS + unit, HostSeed.resource("host/" + unit)));
    seed.file("/srv/lab/.keep", "");
  }

  /** What resolver and balancer start with; the simulator replaces these files by its own. */
  static void initialFiles(Path folder, Map<String, String> records, List<String> targets) {
    String hosts =
        records.entrySet().stream()
            .map(record -> record.getValue() + " " + record.getKey() + "." + EtcdSeed.ZONE + "\n")
            .sorted()
            .collect(Collectors.joining());
    LabPki.secretFile(folder.resolve("zone.hosts"), hosts);
    String services =
        records.keySet().stream()
            .filter(name -> name.startsWith("etcd-"))
            .map(name -> SRV.formatted(EtcdSeed.ZONE, name, EtcdSeed.ZONE))
            .sorted()
            .collect(Collectors.joining());
    LabPki.secretFile(folder.resolve("zone.conf"), services);
    List<AwsTarget> balanced = targets.stream().map(ip -> new AwsTarget(ip, 6443)).toList();
    LabPki.secretFile(folder.resolve("haproxy.cfg"), AwsBalancerConfig.render(balanced, balanced));
  }
}
