package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.DetachedCommand;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RemoteFile;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Upload;
import io.clusterrecovery.etcd.RestoreMethod.Order;
import java.time.Duration;

/** Brings a snapshot to the host and restores it beside etcd's data, which is not touched. */
final class SnapshotAside {
  private static final Duration LIMIT = Duration.ofMinutes(15);

  private final Order order;
  private final RestorePaths paths;
  private final RemoteHost host;

  SnapshotAside(Order order, RestorePaths paths) {
    this.order = order;
    this.paths = paths;
    this.host = order.host();
  }

  /** What the plan says of it. */
  static void describe(boolean raisesRevisions, Plan.Builder plan) {
    plan.fact("hash check", "by the digest of the copy on the host, not once more by the tool");
    if (!raisesRevisions) {
      plan.note(
          "The restore tool cannot raise revisions, so watchers may have seen newer ones: restart"
              + " API servers, controllers and kubelets on all other hosts; on this one it is done.");
    }
  }

  void upload(RunContext run) {
    upload(order.snapshot(), host, paths.snapshot(), run);
  }

  /** Copies a snapshot to a host; the copy is proven to be what was inspected. */
  static void upload(Snapshot snapshot, RemoteHost host, String to, RunContext run) {
    RemoteFile copy = host.upload(Upload.of(snapshot.file(), to), run::transferred);
    if (!copy.sha256().equals(snapshot.sha256())) {
      throw run.failure(
          Code.DIGEST_MISMATCH,
          "The snapshot on %s has sha256 %s, the one that was inspected has %s."
              .formatted(host.name(), copy.sha256(), snapshot.sha256()),
          "The file was changed since it was inspected; run the step again.",
          null);
    }
  }

  void restore(RestoreTool tool, RunContext run) {
    String name = RestoreCommand.jobName(run.runId());
    host.find(name).filter(SnapshotAside::failed).ifPresent(DetachedCommand::remove);
    if (host.find(name).isEmpty()) {
      HostFile.must(host, Command.of("rm", "-rf", "--", paths.restored()).asRoot());
    }
    DetachedCommand job = host.start(name, RestoreCommand.of(order, tool, paths).limit(LIMIT));
    CommandResult result = job.follow(0, run.within(LIMIT), line -> run.line(line.text()));
    if (!result.succeeded()) {
      throw run.failure(
          Code.COMMAND_FAILED,
          "Restoring the snapshot aside failed on " + host.name() + ": " + result.summary() + ".",
          "etcd itself was not touched. Correct the cause, then run the step again.",
          null);
    }
    RestoredRevision.write(host, run.runId(), RestoredRevision.of(order, tool));
    job.remove();
    HostFile.must(host, RestoreScripts.command(RestoreScripts.OWN, paths));
  }

  private static boolean failed(DetachedCommand job) {
    return job.result().filter(r -> !r.succeeded()).isPresent();
  }
}
