package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.Secret;
import java.util.ArrayList;
import java.util.List;

/** What is done on a new master besides the recovery script, each safe to repeat. */
final class RecoverScripts {
  static final String CONF = "/etc/etcd/etcd.conf";

  /** Argument: the folder that has assets. Keeps the manifest where the script looks for a copy. */
  private static final String STOP =
      """
      set -eu
      manifests=/etc/kubernetes/manifests
      cd "$1"
      umask 077
      mkdir -p assets/backup assets/manifests-stopped
      [ ! -e $manifests/etcd-generate-certs.yaml ] \\
        || mv -f $manifests/etcd-generate-certs.yaml assets/manifests-stopped/
      [ -e $manifests/etcd-member.yaml ] || exit 0
      [ -e assets/backup/etcd-member.yaml ] \\
        || cp -p $manifests/etcd-member.yaml assets/backup/etcd-member.yaml
      mv -f $manifests/etcd-member.yaml assets/manifests-stopped/
      """;

  /**
   * Arguments: the folder that has assets, the folder of certificates. Does what is left once the
   * cluster has the member: the manifest, without the search for an old cluster, is put in place.
   */
  private static final String START =
      """
      set -eu
      manifests=/etc/kubernetes/manifests
      cd "$1"
      [ "$(ls "$2" | grep -c '^system:etcd-.*[.]crt$')" -ge 3 ] \\
        || { echo 'the certificates of the new member are missing' >&2; exit 1; }
      if [ -e $manifests/etcd-generate-certs.yaml ]; then
        mv -f $manifests/etcd-generate-certs.yaml assets/manifests-stopped/
      fi
      if [ -e $manifests/etcd-member.yaml ] \\
        && ! grep -q ' --discovery-srv' $manifests/etcd-member.yaml; then
        exit 0
      fi
      sed '/ --discovery-srv/d' assets/backup/etcd-member.yaml > assets/tmp/etcd-member.yaml
      mv -f assets/tmp/etcd-member.yaml $manifests/etcd-member.yaml
      """;

  /** Argument: a file. Replaces it by standard input; mode and owner stay. */
  private static final String REPLACE =
      """
      set -eu
      cat > "$1.part"
      chmod --reference="$1" "$1.part"
      chown --reference="$1" "$1.part"
      if command -v restorecon >/dev/null 2>&1; then restorecon "$1.part"; fi
      sync "$1.part"
      mv -T "$1.part" "$1"
      """;

  /**
   * Arguments: the folder that has assets, the folder of certificates. Of the client key that the
   * script copies nothing stays, and the rest of what it keeps is root's alone.
   */
  private static final String TIDY =
      """
      rm -f -- "$2/.recoveryconfig" "$1/assets/backup/etcd-client.key"
      [ ! -d "$1/assets" ] || chmod 0700 "$1/assets"
      """;

  /** Prints a line for each etcd that runs, by its program. */
  static final String RUNS =
      """
      for process in /proc/[0-9]*; do
        program=$(readlink "$process/exe" 2>/dev/null) || continue
        [ "${program##*/}" != etcd ] || echo etcd
      done
      true
      """;

  private static final String CERTIFICATES = "/etc/kubernetes/static-pod-resources/etcd-member";

  private RecoverScripts() {}

  static void stopEtcd(RemoteHost host) {
    script(host, STOP, OpenShift41.HOME);
  }

  static void startEtcd(RemoteHost host) {
    script(host, START, OpenShift41.HOME, CERTIFICATES);
  }

  static void tidy(RemoteHost host) {
    script(host, TIDY, OpenShift41.HOME, CERTIFICATES);
  }

  static void writeConf(RemoteHost host, String text) {
    HostFile.must(
        host, Command.of("sh", "-c", REPLACE, "sh", CONF).asRoot().stdin(Secret.of(text)));
  }

  static boolean runsEtcd(RemoteHost host) {
    return !HostFile.must(host, Command.of("sh", "-c", RUNS).asRoot()).text().isEmpty();
  }

  private static void script(RemoteHost host, String text, String... arguments) {
    List<String> all = new ArrayList<>(List.of("-c", text, "sh"));
    all.addAll(List.of(arguments));
    HostFile.must(host, Command.of("sh", all.toArray(String[]::new)).asRoot());
  }
}
