package io.clusterrecovery.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a host is made.
 *
 * @param layers read-only trees it lies over, topmost first
 * @param binds options of systemd-nspawn for folders of the machine that it sees
 * @param pods whether it runs pods
 */
record HostSetup(
    String labId,
    String name,
    String address,
    List<Path> layers,
    List<String> binds,
    boolean pods) {
  HostSetup {
    layers = List.copyOf(layers);
    binds = List.copyOf(binds);
  }

  List<String> options(HostFolder folder) {
    List<String> options = new ArrayList<>();
    // An overlay on an overlay is refused, so containers need a plain folder for theirs.
    options.add("--bind=" + folder.containerd() + ":/var/lib/containerd");
    options.addAll(binds);
    return options;
  }
}
