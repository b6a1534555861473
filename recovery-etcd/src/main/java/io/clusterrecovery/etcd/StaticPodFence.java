package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.Command;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Keeps the control plane of another host from running beside a restored etcd. */
final class StaticPodFence {
  /** The name of the record, in the run's folder, of how the kubelet was before. */
  private static final String RECORD = "fence-kubelet";

  /** Prints the folder of the run that has fenced a host; nothing if none has. */
  private static final String FIND =
      """
      for record in /var/lib/cluster-recovery/*/fence-kubelet; do
        [ ! -e "$record" ] || dirname "$record"
      done | tail -n 1
      """;

  private final RemoteHost host;
  private final StaticPodFiles files;
  private final StaticPodHost pods;
  private final String record;

  StaticPodFence(RemoteHost host, StaticPodFiles files) {
    this.host = host;
    this.files = files;
    this.pods = new StaticPodHost(host, files);
    this.record = files.aside().replaceFirst("[^/]*$", RECORD);
  }

  /** Lets the control plane of a fenced host start again, from where that run has moved it. */
  static Consumer<RunContext> prepareLift(RemoteHost host, Plan.Builder plan) {
    String run = HostFile.must(host, Command.of("sh", "-c", FIND).asRoot()).text();
    if (run.isEmpty()) {
      return nothing -> {};
    }
    StaticPodFence fence = new StaticPodFence(host, StaticPodFiles.of(host, run));
    Change change =
        Change.of(
            "unfence/static-pods@" + host.name(),
            "move the manifests back",
            host.name(),
            "aside",
            "as they were before");
    plan.change(change);
    return acting -> acting.change(change, fence::lift);
  }

  Consumer<RunContext> prepare(Plan.Builder plan) {
    if (!mayRun()) {
      return nothing -> {};
    }
    Change change =
        Change.of(
            "fence/static-pods@" + host.name(),
            "move the manifests aside and stop the control plane",
            host.name(),
            "may run",
            "stopped, also after a reboot");
    plan.change(change);
    return run -> run.change(change, () -> fence(run));
  }

  private boolean mayRun() {
    return Stream.concat(Stream.of(StaticPodFiles.ETCD), StaticPodFiles.USERS.stream())
            .anyMatch(name -> host.read(files.folder() + "/" + name).isPresent())
        || !StaticPodProcesses.on(host).of(files).isEmpty();
  }

  /** The kubelet runs on: it has other pods, and without manifests it starts none of these. */
  private void fence(RunContext run) {
    HostFile.must(host, RestoreScripts.noteUnit("kubelet", record));
    pods.moveAside();
    pods.stop(run);
    if (RestoreScripts.ranBefore(host, record)) {
      pods.startKubelet();
    }
  }

  private void lift() {
    pods.moveAllBack();
    HostFile.must(host, Command.of("rm", "-f", "--", record).asRoot());
  }
}
