package io.clusterrecovery.testkit;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** What a lab shall consist of. */
record LabPlan(
    List<String> hosts,
    Optional<String> etcd,
    boolean etcdRunning,
    boolean kubernetes,
    boolean aws,
    boolean keep,
    Consumer<String> listener) {
  LabPlan {
    hosts = List.copyOf(hosts);
  }

  boolean needsServices() {
    return etcd.isPresent() || aws;
  }

  List<LabMember> members(LabFrame frame) {
    return IntStream.range(0, hosts.size())
        .mapToObj(slot -> new LabMember(hosts.get(slot), frame.founder(slot), slot))
        .toList();
  }
}
