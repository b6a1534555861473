package io.clusterrecovery.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A host as the machine sees it: a systemd-nspawn container with a folder and cgroups. */
final class Container {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /**
   * Writes down its own process id before anything else, so that whoever finds the folder after a
   * crash finds the process, and so that it ends here when the lab is gone already; then makes and
   * joins the cgroups given, up to "--", and becomes the rest. A group for CPUs takes nobody until
   * it was given some.
   */
  private static final String LAUNCH =
      """
      set -eu
      echo "$$ $(cut -d' ' -f22 /proc/$$/stat)" > "$1"
      shift
      while [ "$1" != -- ]; do
        for group in "$(dirname "$1")" "$1"; do
          mkdir -p "$group"
          for what in cpus mems; do
            [ ! -e "$group/cpuset.$what" ] ||
              cat "$(dirname "$group")/cpuset.$what" > "$group/cpuset.$what"
          done
        done
        echo $$ > "$1/cgroup.procs"
        shift
      done
      shift
      exec "$@"
      """;

  private final String machine;
  private final String name;
  private final HostFolder folder;
  private final Cgroups cgroups;

  Container(String labId, String name, HostFolder folder, Cgroups cgroups) {
    this.machine = "crl-" + labId + "-" + name;
    this.name = name;
    this.folder = folder;
    this.cgroups = cgroups;
  }

  /** Process 1 of the host, as the machine numbers it, while the host runs. */
  Optional<ProcessId> leader() {
    return ProcessId.recorded(folder.supervisor()).flatMap(ProcessId::leader);
  }

  boolean isRunning() {
    return leader().isPresent();
  }

  /**
   * Boots it.
   *
   * @param pods whether it runs pods
   */
  ProcessId boot(Path network, List<String> options, boolean pods) {
    List<String> nspawn =
        new ArrayList<>(
            List.of(
                "setsid",
                "systemd-nspawn",
                "--quiet",
                "--boot",
                "--register=no",
                "--keep-unit",
                "--capability=all",
                "--system-call-filter=@keyring bpf @mount @raw-io",
                "--console=pipe",
                "--resolv-conf=off",
                "--timezone=off",
                "--link-journal=no",
                "--directory=" + folder.merged(),
                "--network-namespace-path=" + network,
                "--machine=" + machine,
                "--hostname=" + name));
    nspawn.addAll(options);
    List<Path> groups = pods ? cgroups.foldersForPods(name) : cgroups.folders(name);
    launch(groups, folder.supervisor(), folder.console(), nspawn);
    return Await.value("process 1 of " + name, LIMIT, this::leader);
  }

  /** Starts a process that belongs to the lab and outlives this JVM. */
  static void launch(List<Path> groups, Path pidFile, Path output, List<String> command) {
    List<String> argv =
        new ArrayList<>(List.of("/bin/sh", "-c", LAUNCH, "lab-launch", pidFile.toString()));
    groups.forEach(group -> argv.add(group.toString()));
    argv.add("--");
    argv.addAll(command);
    try {
      new ProcessBuilder(argv)
          .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
          .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
          .redirectErrorStream(true)
          .start();
    } catch (java.io.IOException e) {
      throw new LabException("cannot start " + command.get(0), e);
    }
  }

  /** Ends every process of the host at once, as a power cut does. */
  void kill() {
    leader().ifPresent(ProcessId::kill);
    Optional<ProcessId> supervisor = ProcessId.recorded(folder.supervisor());
    Await.until(
        name + " powered off",
        LIMIT,
        () -> !supervisor.map(ProcessId::isAlive).orElse(false) && cgroups.isEmpty(name));
    // A power cut leaves no groups of containers behind, which a kubelet would look for.
    cgroups.remove(name);
    folder.unmount();
  }
}
