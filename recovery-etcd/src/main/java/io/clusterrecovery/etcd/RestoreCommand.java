package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunId;
import io.clusterrecovery.etcd.RestoreMethod.Order;
import java.util.ArrayList;
import java.util.List;

/** The command line that restores a snapshot into a directory. */
final class RestoreCommand {
  private RestoreCommand() {}

  /** The name under which a run's restore runs detached. */
  static String jobName(RunId run) {
    return run + "-restore";
  }

  /** Ends a run's restore, which may still be under way, and removes its traces. */
  static void end(RemoteHost host, RunId run) {
    host.find(jobName(run))
        .ifPresent(
            job -> {
              job.stop();
              job.remove();
            });
  }

  static Command of(Order order, RestoreTool tool, RestorePaths paths) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("snapshot", "restore", paths.snapshot()));
    arguments.addAll(List.of("--name", order.memberName()));
    arguments.addAll(List.of("--initial-cluster", order.memberName() + "=" + order.peerUrl()));
    arguments.addAll(List.of("--initial-advertise-peer-urls", order.peerUrl().toString()));
    arguments.addAll(List.of("--initial-cluster-token", order.token()));
    arguments.addAll(List.of("--data-dir", paths.restored()));
    // The digest of this very copy was compared on the host; the tool would only read it again.
    arguments.add("--skip-hash-check");
    if (tool.raisesRevisions()) {
      arguments.addAll(
          List.of("--bump-revision", Long.toString(order.revisionBump()), "--mark-compacted"));
    }
    return Command.of(tool.path(), arguments.toArray(String[]::new))
        .asRoot()
        .env("ETCDCTL_API", "3");
  }
}
