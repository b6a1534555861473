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
    end(host, jobName(run));
  }

  /** Ends what may still run detached under that name, and removes its traces. */
  static void end(RemoteHost host, String job) {
    host.find(job)
        .ifPresent(
            running -> {
              running.stop();
              running.remove();
            });
  }

  static Command of(Order order, RestoreTool tool, RestorePaths paths) {
    String peerUrl = order.peerUrl().toString();
    List<String> arguments =
        new ArrayList<>(
            ofOneMember(
                paths.snapshot(), order.memberName(), peerUrl, order.token(), paths.restored()));
    // The digest of this very copy was compared on the host; the tool would only read it again.
    arguments.add("--skip-hash-check");
    if (tool.raisesRevisions()) {
      arguments.addAll(
          List.of("--bump-revision", Long.toString(order.revisionBump()), "--mark-compacted"));
    }
    return of(tool, arguments);
  }

  /** The arguments that restore a file as a cluster of that member alone. */
  static List<String> ofOneMember(
      String file, String name, String peerUrl, String token, String dataDir) {
    return List.of(
        "snapshot",
        "restore",
        file,
        "--name",
        name,
        "--initial-cluster",
        name + "=" + peerUrl,
        "--initial-advertise-peer-urls",
        peerUrl,
        "--initial-cluster-token",
        token,
        "--data-dir",
        dataDir);
  }

  static Command of(RestoreTool tool, List<String> arguments) {
    return Command.of(tool.path(), arguments.toArray(String[]::new))
        .asRoot()
        .env("ETCDCTL_API", "3");
  }
}
