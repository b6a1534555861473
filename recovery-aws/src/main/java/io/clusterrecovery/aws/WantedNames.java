package io.clusterrecovery.aws;

import io.clusterrecovery.AddressRecord;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The whole names that have to be read in order to decide about the wanted ones. */
final class WantedNames {
  private WantedNames() {}

  static Set<String> of(DnsSettings settings, String zone) {
    Set<String> names = new TreeSet<>();
    for (AddressRecord record : settings.records()) {
      DnsNames.within(zone, record.name()).ifPresent(name -> addWithOwners(name, names));
    }
    settings
        .etcd()
        .filter(etcd -> DnsNames.within(zone, etcd.domain()).isPresent())
        .ifPresent(etcd -> names.addAll(ofEtcd(etcd.domain())));
    return names;
  }

  // Texts that say whose a record is have its name, or its type before it.
  private static void addWithOwners(String name, Set<String> names) {
    names.addAll(List.of(name, "a-" + name, "aaaa-" + name));
  }

  // How many there are is not known yet. The service comes first in the order of the zone, and a
  // colon is what comes next after the digits.
  private static List<String> ofEtcd(String domain) {
    return List.of(EtcdIndexes.serviceName(domain), "etcd-:." + domain);
  }
}
