package io.clusterrecovery.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a host is made.
 *
 * @param layers read-only trees it lies over, topmost first
 * @param binds folders of the machine it sees, as {@code --bind} takes them
 */
record HostSetup(String labId, String name, String address, List<Path> layers, List<String> binds) {
  HostSetup {
    layers = List.copyOf(layers);
    binds = List.copyOf(binds);
  }

  List<String> options(HostFolder folder) {
    List<String> options = new ArrayList<>();
    // An overlay on an overlay is refused, so containers need a plain folder for theirs.
    options.add("--bind=" + folder.containerd() + ":/var/lib/containerd");
    binds.forEach(bind -> options.add("--bind=" + bind));
    return options;
  }
}
