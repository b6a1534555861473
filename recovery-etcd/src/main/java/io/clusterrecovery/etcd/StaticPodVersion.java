package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.etcd.ForceNewCluster.Version;
import java.util.Optional;

/** Which etcd a host has: by the program of its container, else by the name of its image. */
final class StaticPodVersion {
  private static final String ASK =
      """
      program=$(readlink "/proc/$1/exe") && exec "/proc/$1/root$program" --version
      """;

  private StaticPodVersion() {}

  static Optional<Version> of(RemoteHost host, PodManifest etcd) {
    return StaticPodProcesses.on(host)
        .running(etcd)
        .flatMap(process -> asked(host, process.pid()))
        .or(() -> Version.in(etcd.image().replaceFirst(".*:v?", "")));
  }

  private static Optional<Version> asked(RemoteHost host, long pid) {
    CommandResult said = host.run(Command.of("sh", "-c", ASK, "sh", String.valueOf(pid)).asRoot());
    return said.succeeded() ? Version.in(said.out()) : Optional.empty();
  }
}
