package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.RemoteHost;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The processes of a control plane's containers, as the host's kernel has them: the same for every
 * container runtime, and what runs rather than what somebody says of it.
 *
 * @param all those in containers whose program has the name of a control plane's
 */
record StaticPodProcesses(List<PodProcess> all) {
  /** A container's id is 64 hexadecimal digits in the name of its control group. */
  private static final String LIST =
      """
      for process in /proc/[0-9]*; do
        program=$(readlink "$process/exe" 2>/dev/null) || continue
        case ${program##*/} in
          etcd | kube-apiserver | kube-controller-manager | kube-scheduler) ;;
          *) continue ;;
        esac
        container=$(grep -oE '[0-9a-f]{64}' "$process/cgroup" 2>/dev/null | head -n 1)
        [ -n "$container" ] || continue
        printf '%s %s ' "${process#/proc/}" "$container"
        tr '\\000\\n' '\\t ' < "$process/cmdline" 2>/dev/null
        echo
      done
      """;

  /**
   * A process in a container.
   *
   * @param command its command line
   */
  record PodProcess(long pid, String container, List<String> command) {

    /** Whether it is what the manifest says, with flags behind it or without. */
    boolean runs(PodManifest manifest) {
      List<String> wanted = manifest.command();
      return command.size() >= wanted.size() && command.subList(0, wanted.size()).equals(wanted);
    }

    /** Whether it has the data of that etcd, however it is configured otherwise. */
    boolean isMember(PodManifest etcd) {
      return Stream.of("--name", "--data-dir")
          .map(flag -> etcd.flag(flag).map(value -> flag + "=" + value))
          .allMatch(word -> word.filter(command::contains).isPresent());
    }
  }

  static StaticPodProcesses on(RemoteHost host) {
    String listed = HostFile.must(host, Command.of("sh", "-c", LIST).asRoot()).out();
    return new StaticPodProcesses(listed.lines().flatMap(StaticPodProcesses::parse).toList());
  }

  /** Those of the manifests. */
  List<PodProcess> of(StaticPodFiles files) {
    return all.stream().filter(each -> belongs(each, files)).toList();
  }

  /** The container of that manifest, if it runs. */
  Optional<PodProcess> running(PodManifest manifest) {
    return all.stream().filter(each -> each.runs(manifest)).findFirst();
  }

  private static boolean belongs(PodProcess process, StaticPodFiles files) {
    return files.manifests().values().stream().anyMatch(process::runs)
        || files.etcd().filter(process::isMember).isPresent();
  }

  private static Stream<PodProcess> parse(String line) {
    String[] parts = line.split(" ", 3);
    if (parts.length < 3) {
      return Stream.empty();
    }
    List<String> command =
        Arrays.stream(parts[2].split("\t", -1)).filter(w -> !w.isEmpty()).toList();
    return Stream.of(new PodProcess(Long.parseLong(parts[0]), parts[1], command));
  }
}
