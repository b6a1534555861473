package io.clusterrecovery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Asks one host everything in one go. */
final class PreflightScript {
  static final Duration LIMIT = Duration.ofSeconds(45);

  /** kubeadm's, OpenShift's, kubelet's, and those of etcd by itself. */
  static final List<String> USUAL_PLACES =
      List.of(
          "/etc/kubernetes/pki",
          "/etc/kubernetes/*.conf",
          "/etc/kubernetes/static-pod-resources/*-certs",
          "/var/lib/kubelet/pki",
          "/etc/etcd",
          "/etc/ssl/etcd");

  private static final List<String> TOOLS =
      List.of(
          "etcd",
          "etcdctl",
          "etcdutl",
          "kubelet",
          "kubeadm",
          "crictl",
          "containerd",
          "systemctl",
          "zstd",
          "gzip");

  /**
   * Arguments: tools, number of paths that need room, those paths, places of certificates.
   *
   * <p>kubelet keeps its rotated certificates, which expire by design, under names with a date.
   */
  private static final String SCRIPT =
      """
      tools=$1; paths=$2; shift 2
      echo "@preflight@"
      echo "clock=$(date +%s.%N)"
      echo "selinux=$(cat /sys/fs/selinux/enforce 2>/dev/null)"
      while [ "$paths" -gt 0 ]; do
        near=$1
        while [ ! -e "$near" ]; do near=$(dirname "$near"); done
        free=$(df -Pk "$near" | tail -n 1 | { read -r _ _ _ free _; echo "$free"; })
        mode=ro; [ -w "$near" ] && mode=rw
        echo "room=$free $mode $1"
        paths=$((paths - 1)); shift
      done
      ask() { ETCDCTL_API=3 timeout 5 "$@" </dev/null 2>/dev/null; }
      for tool in $tools; do
        command -v "$tool" >/dev/null 2>&1 || continue
        said=$(ask "$tool" --version) || said=$(ask "$tool" version) || said=
        echo "tool=$tool $(echo "$said" | head -n 1)"
      done
      certificate_files() {
        for match in $1; do
          if [ -f "$match" ]; then echo "$match"; continue; fi
          [ -d "$match" ] && find -L "$match" -type f -size -256 \
            '(' -name '*.crt' -o -name '*.pem' -o -name '*.cert' -o -name '*.conf' ')' \
            ! -name 'kubelet-*-20[0-9][0-9]-*' 2>/dev/null
        done
      }
      show() {
        if grep -q -e '-----BEGIN CERTIFICATE-----' "$1"; then
          echo "certificate=$1"
          sed -n '/-----BEGIN CERTIFICATE-----/,/-----END CERTIFICATE-----/p' "$1"
          return
        fi
        data=$(sed -n 's/^ *client-certificate-data: *//p' "$1" | head -n 1)
        [ -z "$data" ] || printf 'certificate=%s\\nembedded=%s\\n' "$1" "$data"
      }
      IFS=
      for place in "$@"; do certificate_files "$place"; done | head -n 301 | {
        count=0
        while read -r file; do
          count=$((count + 1))
          if [ "$count" -gt 300 ]; then echo; echo "more=yes"; else show "$file"; fi
        done
      } | head -c 3000000
      echo
      echo "clock_end=$(date +%s.%N)"
      """;

  private final PreflightWants wants;
  private final List<String> certificates;
  private final Clock clock;
  private final Instant base;
  private final Duration origin;

  PreflightScript(PreflightWants wants, List<String> certificates, Clock clock) {
    this.wants = wants;
    this.certificates = certificates;
    this.clock = clock;
    this.base = clock.now();
    this.origin = clock.elapsed();
  }

  HostState look(RemoteHost host) {
    Instant sent = ruler();
    CommandResult result = host.run(command());
    Instant received = ruler();
    return new PreflightAnswer(host.name(), result.out())
        .read(sent, received)
        .orElseThrow(() -> notUnderstood(host, result));
  }

  private Command command() {
    Set<String> tools = new LinkedHashSet<>(TOOLS);
    tools.addAll(wants.needs());
    List<String> all = new ArrayList<>(List.of("-c", SCRIPT, "preflight"));
    all.add(String.join(" ", tools));
    all.add("" + wants.room().size());
    all.addAll(wants.room().keySet());
    all.addAll(certificates);
    return Command.of("/bin/sh", all.toArray(String[]::new)).asRoot().limit(LIMIT);
  }

  /** The time by one ruler for all hosts, which nobody sets back meanwhile. */
  private Instant ruler() {
    return base.plus(clock.elapsed().minus(origin));
  }

  private static RefusedException notUnderstood(RemoteHost host, CommandResult result) {
    String found =
        "%s: the preflight did not get through: %s.".formatted(host.name(), result.summary());
    String next = "See to what it says; it needs a POSIX shell, coreutils, grep, find and sed.";
    return new RefusedException(new Refusal(Code.COMMAND_FAILED, found, next), null);
  }
}
