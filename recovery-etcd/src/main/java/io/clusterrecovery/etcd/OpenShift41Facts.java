package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.RemoteHost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a master of OpenShift 4.1 shows of what the recovery scripts need and have left, asked in
 * one go.
 */
final class OpenShift41Facts {
  static final String DATA_DIR = "/var/lib/etcd";
  static final String ASSETS = OpenShift41.HOME + "/assets";
  static final String MANIFESTS = "/etc/kubernetes/manifests";
  static final String ETCD_MANIFEST = "etcd-member.yaml";

  /** Argument: where the run keeps its things. */
  private static final String SCRIPT =
      """
      bin=/usr/local/bin/etcd-snapshot-restore.sh env=/run/etcd/environment
      manifests=/etc/kubernetes/manifests assets=/home/core/assets data=/var/lib/etcd
      near() { while [ ! -e "$1" ]; do set -- "$(dirname "$1")"; done; echo "$1"; }
      room() { echo "$1=$(stat -c %d "$2") $(df -B1 --output=avail "$2" | tail -n 1)"; }
      sums() {
        find "$2" -maxdepth 1 -type f -exec sha256sum {} + 2>/dev/null | while read -r sum file; do
          echo "$1=${file##*/} $sum"
        done
      }
      [ -x "$bin" ] && echo "script=yes"
      for tool in bash base64 cat crictl curl date dig find grep gzip ip ls mkdir sed systemctl tar \\
        tr wc xargs; do
        command -v "$tool" >/dev/null || echo "missing=$tool"
      done
      if ready=$(crictl pods -name etcd-member --state Ready -q 2>/dev/null); then
        echo "crictl=yes"
        [ -z "$ready" ] || echo "pod=ready"
      fi
      echo "release=$(cat "$bin" /usr/local/bin/openshift-recovery-tools 2>/dev/null \\
        | grep -oE 'v3[.][0-9]+[.][0-9]+' | head -n 1)"
      sums manifest "$manifests"
      sums leftover "$assets/manifests-stopped"
      etcd=$(cat "$manifests/etcd-member.yaml" 2>/dev/null \\
        || cat "$assets/manifests-stopped/etcd-member.yaml" 2>/dev/null)
      domain=$(printf '%s' "$etcd" | grep -oE 'discovery-srv=[^" ]+' | head -n 1 | cut -d= -f2)
      echo "domain=$domain"
      names=$(dig +short +time=2 +tries=2 SRV "_etcd-server-ssl._tcp.$domain" 2>/dev/null \\
        | awk '{ sub("[.]$", "", $4); if ($4) print $4 }')
      addresses=$(hostname -I)
      for name in $names; do
        for address in $(getent ahostsv4 "$name" | cut -d' ' -f1 | sort -u); do
          echo "peer=$name $address"
          case " $addresses " in *" $address "*) srv="$name $address" ;; esac
        done
      done
      if [ -s "$env" ]; then
        dns=$(sed -n 's/^\\(export \\)\\{0,1\\}ETCD_DNS_NAME=//p' "$env" | tr -d "\\"'")
        ip=$(sed -n 's/^\\(export \\)\\{0,1\\}ETCD_IPV4_ADDRESS=//p' "$env" | tr -d "\\"'")
      else
        echo "environment=none"
        dns=${srv% *} ip=${srv#* }
      fi
      echo "dns=$dns"
      echo "ip=$ip"
      echo "resolved=$(getent ahostsv4 "${dns:-none.invalid}" | cut -d' ' -f1 | sort -u | tr '\\n' ' ')"
      echo "addresses=$addresses"
      for process in $(pgrep -x etcd); do
        tr '\\000' '\\n' < "/proc/$process/environ" 2>/dev/null | sed -n 's/^ETCD_NAME=/name=/p'
      done
      for pod in /var/log/pods/*_etcd-member-*; do
        [ -e "$pod" ] && pod=${pod##*/} && pod=${pod#*_} && echo "podname=${pod%_*}"
      done
      for script in etcd-snapshot-restore.sh etcd-member-recover.sh; do
        pgrep -f "^[^ ]*bash /usr/local/bin/$script" >/dev/null && echo "running=$script"
      done
      echo "kubelet=$(systemctl is-active kubelet)"
      mountpoint -q "$data" && echo "mount=yes"
      [ -e "$data/member" ] && echo "member=yes" && echo "used=$(du -s -B1 "$data" | cut -f1)"
      [ -d /home/core ] && echo "home=yes" && room homeroom /home/core
      room dataroom "$(near "$data")"
      room runroom "$(near "$1")"
      [ -e "$assets" ] && echo "assets=yes"
      [ -e "$assets/backup/etcd/member/snap/db" ] && echo "copy=yes"
      [ -e "$1/etcd-data-1/member" ] && echo "kept=yes"
      [ -e "$1/etcd-data-1/none" ] && echo "none=yes"
      [ -d "$1/manifests" ] && echo "aside=yes"
      [ -e "$1/script-complete" ] && echo "complete=yes"
      if [ -e "$1/manifests-before" ]; then
        (cd "$manifests" && sha256sum -c --quiet "$1/manifests-before" 2>/dev/null) \\
          | sed -n 's/^\\(.*\\): FAILED.*/lacking=\\1/p'
      fi
      echo "looked=yes"
      """;

  private final Map<String, List<String>> values = new LinkedHashMap<>();

  OpenShift41Facts(String printed) {
    printed
        .lines()
        .filter(line -> line.contains("="))
        .forEach(
            line ->
                values
                    .computeIfAbsent(line.substring(0, line.indexOf('=')), k -> new ArrayList<>())
                    .add(line.substring(line.indexOf('=') + 1).strip()));
  }

  static OpenShift41Facts of(RemoteHost host, String runFolder) {
    CommandResult result =
        HostFile.must(host, Command.of("bash", "-c", SCRIPT, "bash", runFolder).asRoot());
    OpenShift41Facts facts = new OpenShift41Facts(result.out());
    if (!facts.is("looked")) {
      throw HostFile.failed(host, "looking at what the recovery scripts need", result);
    }
    return facts;
  }

  boolean hasScript() {
    return is("script");
  }

  /** Programs that the scripts call and that are not in root's path. */
  List<String> missing() {
    return all("missing");
  }

  boolean runtimeAnswers() {
    return is("crictl");
  }

  /** Whether a pod of etcd is ready by the runtime's word. */
  boolean hasEtcdPod() {
    return !all("pod").isEmpty();
  }

  /** The release of etcd whose tools the script downloads; empty if it cannot be told. */
  Optional<String> release() {
    return Optional.of(text("release")).filter(r -> !r.isEmpty());
  }

  /** Manifests where the kubelet looks for them: digests by file name. */
  Map<String, String> manifests() {
    return pairs("manifest");
  }

  /** Manifests that a run of the script has moved away and not put back, likewise. */
  Map<String, String> leftovers() {
    return pairs("leftover");
  }

  /** Manifests of before the script that are not there as they were. */
  List<String> lacking() {
    return all("lacking");
  }

  String domain() {
    return text("domain");
  }

  /** Addresses by the names that the SRV record lists. */
  Map<String, String> peers() {
    return pairs("peer");
  }

  boolean hasEnvironment() {
    return all("environment").isEmpty();
  }

  /** The name of this host's member in DNS, as the host was told. */
  String dnsName() {
    return text("dns");
  }

  String address() {
    return text("ip");
  }

  /** What that name resolves to on the host. */
  List<String> resolved() {
    return words("resolved");
  }

  List<String> addresses() {
    return words("addresses");
  }

  /** The name of the member, by the process that runs, else by the pod that ran. */
  String name() {
    return all("name").stream()
        .findFirst()
        .or(() -> all("podname").stream().findFirst())
        .orElse("");
  }

  /** Scripts that run there now. */
  List<String> running() {
    return all("running");
  }

  String kubelet() {
    return text("kubelet");
  }

  boolean kubeletRuns() {
    return kubelet().equals("active") || kubelet().equals("activating");
  }

  boolean dataIsMountPoint() {
    return is("mount");
  }

  boolean hasData() {
    return is("member");
  }

  long used() {
    return text("used").isEmpty() ? 0 : Long.parseLong(text("used"));
  }

  boolean hasHome() {
    return is("home");
  }

  /** The room below {@code home}, {@code data} or {@code run}: its device and free bytes. */
  Room room(String where) {
    String[] words = (text(where + "room") + " 0 0").strip().split("\\s+", -1);
    return new Room(words[0], Long.parseLong(words[1]));
  }

  /**
   * Room on a disk.
   *
   * @param device what tells that two are on the same one
   * @param free in bytes
   */
  record Room(String device, long free) {}

  boolean hasAssets() {
    return is("assets");
  }

  /** Whether the script's own folder holds a copy of etcd's data. */
  boolean hasCopy() {
    return is("copy");
  }

  /** Whether the run has taken that copy in. */
  boolean hasKept() {
    return is("kept");
  }

  /** Whether the run has found that there was no data. */
  boolean hadNone() {
    return is("none");
  }

  /** Whether a rollback of the run has moved manifests aside, and not back. */
  boolean hasManifestsAside() {
    return is("aside");
  }

  /** Whether the script's work was found done by the run. */
  boolean isComplete() {
    return is("complete");
  }

  private boolean is(String key) {
    return text(key).equals("yes");
  }

  private String text(String key) {
    return all(key).stream().findFirst().orElse("");
  }

  private List<String> all(String key) {
    return values.getOrDefault(key, List.of());
  }

  private List<String> words(String key) {
    return text(key).isEmpty() ? List.of() : List.of(text(key).split("\\s+", -1));
  }

  private Map<String, String> pairs(String key) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String line : all(key)) {
      int blank = line.lastIndexOf(' ');
      pairs.put(line.substring(0, Math.max(0, blank)), line.substring(blank + 1));
    }
    return pairs;
  }
}
