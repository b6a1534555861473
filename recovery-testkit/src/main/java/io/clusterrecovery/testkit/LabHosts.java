package io.clusterrecovery.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The hosts of a lab, and how new ones are made. */
final class LabHosts {
  private final LabFrame frame;
  private final List<LabHost> made = new ArrayList<>();

  LabHosts(LabFrame frame) {
    this.frame = frame;
  }

  synchronized List<LabHost> all() {
    return List.copyOf(made);
  }

  LabHost named(String name) {
    return all().stream()
        .filter(host -> host.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the lab has no host " + name));
  }

  LabHost createBare(String name) {
    LabHost host = add(name, List.of(LabPaths.rootfs()), List.of());
    host.boot();
    return host;
  }

  private LabHost add(String name, List<Path> layers, List<String> units) {
    if (!name.matches("[a-z][a-z0-9-]{0,40}")) {
      throw new IllegalArgumentException("not a host name: " + name);
    }
    if (all().stream().anyMatch(host -> host.name().equals(name))) {
      throw new IllegalArgumentException("the lab has a host " + name + " already");
    }
    String address = frame.newAddress();
    BaseSeed.write(frame, name, address, frame.servicesAddress(), units);
    LabHost host = frame.host(new HostSetup(frame.id(), name, address, layers, List.of()));
    synchronized (this) {
      made.add(host);
    }
    return host;
  }
}
