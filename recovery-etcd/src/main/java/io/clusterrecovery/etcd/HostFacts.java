package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.RemoteHost;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a host says of its data directory, its room, its names and its tools, asked in one go. */
final class HostFacts {
  /** Arguments: data directory, a host name to resolve, the run's folder. */
  private static final String SCRIPT =
      """
      data=$1; name=$2; run=$3
      near() { while [ ! -e "$1" ]; do set -- "$(dirname "$1")"; done; echo "$1"; }
      [ -d "$data" ] && echo "data=yes" && echo "owner=$(stat -c %U:%G "$data")"
      [ -e "$data/member" ] && echo "member=yes" && echo "used=$(du -s -B1 "$data/member" | cut -f1)"
      for kept in "$run" "$data/recovery-${run##*/}"; do
        [ -e "$kept/etcd-restored/member" ] && echo "aside=yes"
        for old in "$kept"/etcd-data-*; do
          [ -e "$old/member" ] || [ -e "$old/none" ] && echo "moved=yes"
        done
      done
      echo "device=$(stat -c %d "$(near "$data")")"
      echo "run_device=$(stat -c %d "$(near "$run")")"
      echo "free=$(df -B1 --output=avail "$(near "$data")" | tail -n 1)"
      echo "run_free=$(df -B1 --output=avail "$(near "$run")" | tail -n 1)"
      echo "addresses=$(hostname -I)"
      echo "resolved=$(getent ahosts "$name" | cut -d' ' -f1 | sort -u | tr '\\n' ' ')"
      for tool in etcdutl etcdctl; do
        path=$(command -v "$tool") || continue
        help=$(ETCDCTL_API=3 "$path" snapshot restore --help 2>&1) || continue
        case $help in *--initial-cluster-token*) ;; *) continue ;; esac
        echo "tool=$path"
        case $help in *--bump-revision*--mark-compacted*) echo "bump=yes" ;; esac
        break
      done
      echo "looked=yes"
      """;

  private final Map<String, String> values = new HashMap<>();

  HostFacts(String printed) {
    printed
        .lines()
        .filter(line -> line.contains("="))
        .forEach(
            line ->
                values.put(
                    line.substring(0, line.indexOf('=')),
                    line.substring(line.indexOf('=') + 1).strip()));
  }

  static HostFacts of(RemoteHost host, String dataDir, String name, String runFolder) {
    Command script = Command.of("sh", "-c", SCRIPT, "sh", dataDir, name, runFolder).asRoot();
    CommandResult result = HostFile.must(host, script);
    HostFacts facts = new HostFacts(result.out());
    if (!facts.is("looked")) {
      throw HostFile.failed(host, "looking at etcd's data", result);
    }
    return facts;
  }

  boolean hasDataDir() {
    return is("data");
  }

  boolean hasMember() {
    return is("member");
  }

  boolean hasRestoredAside() {
    return is("aside");
  }

  boolean hasMovedData() {
    return is("moved");
  }

  /** {@return where the data is, as the beginning of a sentence} */
  String whereDataIs(RestorePaths paths) {
    String old = paths.oldData() + "-1";
    if (!hasMovedData()) {
      return "The old data is in place, untouched";
    }
    return hasMember() && !hasRestoredAside()
        ? "The restored data is in place, the old is in " + old
        : "The old data is in " + old + ", nothing in its place";
  }

  boolean runFolderOnSameDevice() {
    return text("device").equals(text("run_device"));
  }

  long freeBytes() {
    return number("free");
  }

  /** The room that the data takes. */
  long usedBytes() {
    return number("used");
  }

  /** The room where the SDK keeps its copy of the snapshot. */
  long freeBytesOfRunFolder() {
    return number("run_free");
  }

  String owner() {
    return text("owner");
  }

  /** The tool that restores; its path is empty if the host has none. */
  RestoreTool tool() {
    return new RestoreTool(text("tool"), is("bump"));
  }

  List<String> resolved() {
    return words("resolved");
  }

  List<String> addresses() {
    return words("addresses");
  }

  /** Whether the name resolves, and to nothing but addresses of this host. */
  boolean nameLeadsHere() {
    return !resolved().isEmpty()
        && resolved().stream().allMatch(a -> isLoopback(a) || addresses().contains(a));
  }

  /** Debian maps a host's own name to 127.0.1.1. */
  private static boolean isLoopback(String address) {
    return address.startsWith("127.") || address.equals("::1");
  }

  private boolean is(String key) {
    return "yes".equals(values.get(key));
  }

  private long number(String key) {
    return text(key).isEmpty() ? 0 : Long.parseLong(text(key));
  }

  private String text(String key) {
    return values.getOrDefault(key, "");
  }

  private List<String> words(String key) {
    return Arrays.stream(text(key).split(" ", -1)).filter(w -> !w.isEmpty()).toList();
  }
}
