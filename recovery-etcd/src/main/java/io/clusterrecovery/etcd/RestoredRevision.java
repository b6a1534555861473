package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clusterrecovery.Command;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunId;
import io.clusterrecovery.Secret;
import io.clusterrecovery.etcd.RestoreMethod.Order;
import java.util.Optional;

/**
 * The revision that restored data has before anybody writes to it, so that a rollback sees what
 * clients wrote also where nothing was verified: {@code
 * /var/lib/cluster-recovery/RUN/restored-revision}, until the {@link RestoreRecord} says more.
 */
final class RestoredRevision {
  private RestoredRevision() {}

  /**
   * {@return the revision of what that tool restores} etcdutl adds the bump to the latest revision
   * among the keys; the members that it writes are none.
   */
  static long of(Order order, RestoreTool tool) {
    long own = order.snapshot().contents().revision();
    return tool.raisesRevisions() ? own + order.revisionBump() : own;
  }

  static void write(RemoteHost host, RunId run, long revision) {
    HostFile.write(host, path(run), Secret.of(revision + "\n"));
  }

  /** Empty if nothing was restored aside by that run, or if its restore was verified. */
  static Optional<Long> read(RemoteHost host, RunId run) {
    return host.read(path(run)).map(bytes -> Long.valueOf(new String(bytes, UTF_8).strip()));
  }

  static void remove(RemoteHost host, RunId run) {
    HostFile.must(host, Command.of("rm", "-f", "--", path(run)).asRoot());
  }

  private static String path(RunId run) {
    return RestoreRecord.folder(run) + "/restored-revision";
  }
}
