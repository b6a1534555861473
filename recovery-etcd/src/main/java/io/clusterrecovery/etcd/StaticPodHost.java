package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Secret;
import io.clusterrecovery.Wait;
import io.clusterrecovery.etcd.StaticPodProcesses.PodProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Stops and starts the static pods of a host.
 *
 * <p>The kubelet is stopped meanwhile. One that has not reached an API server since it started does
 * not end pods whose manifest is gone; and one that has looked at a manifest a moment ago may start
 * its container when its data is already being moved.
 */
final class StaticPodHost {
  private static final Duration STOP_LIMIT = Duration.ofMinutes(5);
  private static final Duration START_LIMIT = Duration.ofMinutes(10);
  private static final Duration PACE = Duration.ofMillis(300);

  private final RemoteHost host;
  private final StaticPodFiles files;

  StaticPodHost(RemoteHost host, StaticPodFiles files) {
    this.host = host;
    this.files = files;
  }

  void moveAside() {
    script(StaticPodScripts.ASIDE, withEtcd());
  }

  void moveBack(List<String> names) {
    script(StaticPodScripts.BACK, names);
  }

  void moveAllBack() {
    moveBack(withEtcd());
  }

  /** Writes a manifest of this run's own in the place of one that was moved aside. */
  void place(String name, String text) {
    HostFile.must(
        host,
        Command.of("sh", "-c", StaticPodScripts.PLACE, "sh", files.folder(), name)
            .asRoot()
            .stdin(Secret.of(text)));
  }

  /** As {@link #stop(RunContext)}, after it was written down how the kubelet was. */
  void stop(String noted, RunContext run) {
    HostFile.must(host, RestoreScripts.noteUnit("kubelet", noted));
    stop(run);
  }

  /** Ends every container of the control plane; when it returns none is left or can come. */
  void stop(RunContext run) {
    end();
    run.await(
        Wait.named("control plane stopped on " + host.name(), STOP_LIMIT).every(PACE),
        () -> {
          List<PodProcess> left = StaticPodProcesses.on(host).of(files);
          if (left.isEmpty()) {
            return Poll.done(true);
          }
          end();
          return Poll.notYet("still running: " + left.stream().map(PodProcess::pid).toList());
        });
  }

  void startKubelet() {
    HostFile.must(host, SystemdUnit.start("kubelet"));
  }

  /**
   * Waits until the container of a manifest runs, and is another one than before.
   *
   * @param before the id of the container that ran before; empty if none did
   */
  void awaitNew(PodManifest manifest, String before, RunContext run) {
    String what = "new container of " + manifest.command().get(0) + " on " + host.name();
    run.await(
        Wait.named(what, START_LIMIT).every(PACE),
        () -> {
          Optional<PodProcess> now = StaticPodProcesses.on(host).running(manifest);
          return now.filter(process -> !process.container().equals(before)).isPresent()
              ? Poll.done(now.get().container())
              : Poll.notYet(now.isPresent() ? "the old one still runs" : "none runs");
        });
  }

  /** {@return how manifests and kubelet are, as the end of a sentence} */
  String state() {
    String kubelet = "kubelet is " + SystemdUnit.of(host, "kubelet").activeState();
    return files.isAnyAside(host)
        ? "manifests of the control plane are in " + files.aside() + ", " + kubelet
        : kubelet;
  }

  /** The id of the container that runs a manifest now; empty if none does. */
  String container(PodManifest manifest) {
    return StaticPodProcesses.on(host).running(manifest).map(PodProcess::container).orElse("");
  }

  /** What the container that runs a manifest now has logged, as the kubelet keeps it. */
  List<String> logged(PodManifest manifest, List<String> phrases) {
    String lines = String.join("\n", phrases);
    return HostFile.must(
            host,
            Command.of("sh", "-c", StaticPodScripts.LOGGED, "sh", container(manifest), lines)
                .asRoot())
        .out()
        .lines()
        .toList();
  }

  private void end() {
    List<String> pids =
        StaticPodProcesses.on(host).of(files).stream().map(p -> String.valueOf(p.pid())).toList();
    List<String> all = new ArrayList<>(List.of("-c", StaticPodScripts.END, "sh"));
    all.addAll(pids);
    HostFile.must(host, Command.of("sh", all.toArray(String[]::new)).asRoot());
  }

  private List<String> withEtcd() {
    return Stream.concat(Stream.of(StaticPodFiles.ETCD), files.users().stream()).toList();
  }

  private void script(String script, List<String> names) {
    List<String> all = new ArrayList<>(List.of("-c", script, "sh", files.folder(), files.aside()));
    all.addAll(names);
    HostFile.must(host, Command.of("sh", all.toArray(String[]::new)).asRoot());
  }
}
