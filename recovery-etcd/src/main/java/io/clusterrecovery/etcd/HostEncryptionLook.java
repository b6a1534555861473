package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.RemoteHost;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks on a host for its API server, running or as its manifest or unit says, for the file that
 * its flag names, and for the sockets in that.
 */
final class HostEncryptionLook {
  /** Prints {@code server} if there is an API server, and {@code file=…} for its flag. */
  private static final String LOOK =
      """
      flag=--encryption-provider-config
      for process in /proc/[0-9]*; do
        words=$(tr '\\0' '\\n' < "$process/cmdline" 2>/dev/null) || continue
        case ${words%%[[:space:]]*} in kube-apiserver | */kube-apiserver) ;; *) continue ;; esac
        echo server
        printf '%s\\n' "$words" | sed -n "s/^$flag=/file=/p"
      done
      for file in /etc/kubernetes/manifests/kube-apiserver*.yaml \
        /etc/systemd/system/kube-apiserver.service /etc/systemd/system/kube-apiserver.service.d/* \
        /lib/systemd/system/kube-apiserver.service; do
        [ -f "$file" ] || continue
        echo server
        sed -n "s/.*$flag=\\([^ \\"']*\\).*/file=\\1/p" "$file"
      done
      echo looked
      """;

  /** curl ends with 7 if nobody listens; with whatever else if somebody does. */
  private static final String ASK =
      """
      [ -S "$1" ] || { echo silent; exit; }
      command -v curl 2>/dev/null || { echo unasked; exit; }
      curl -s -m 5 --unix-socket "$1" http://localhost/ 2>/dev/null
      [ $? = 7 ] && echo silent
      echo asked
      """;

  private HostEncryptionLook() {}

  static HostEncryption of(RemoteHost host) {
    List<String> seen =
        HostFile.must(host, Command.of("sh", "-c", LOOK).asRoot()).out().lines().toList();
    if (!seen.contains("looked")) {
      return new HostEncryption.Unread("looking for the API server's flags printed nothing");
    }
    Optional<String> file =
        seen.stream()
            .filter(line -> line.startsWith("file="))
            .map(line -> line.substring("file=".length()))
            .findFirst();
    if (file.isEmpty()) {
      return seen.contains("server") ? new HostEncryption.None() : new HostEncryption.NoApiServer();
    }
    Optional<byte[]> content = host.read(file.get());
    if (content.isEmpty()) {
      return new HostEncryption.Unread(file.get() + " is not there");
    }
    return EncryptionConfig.parse(content.get())
        .<HostEncryption>map(
            config -> new HostEncryption.Read(file.get(), config, silent(host, config)))
        .orElseGet(() -> new HostEncryption.Unread(file.get() + " is no EncryptionConfiguration"));
  }

  private static Set<String> silent(RemoteHost host, EncryptionConfig config) {
    Set<String> silent = new HashSet<>();
    config
        .plugins()
        .forEach(
            (name, endpoint) -> {
              String socket = endpoint.replaceFirst("^unix://", "");
              Command ask = Command.of("sh", "-c", ASK, "sh", socket).asRoot();
              if (host.run(ask).out().lines().anyMatch("silent"::equals)) {
                silent.add(name);
              }
            });
    return silent;
  }
}
