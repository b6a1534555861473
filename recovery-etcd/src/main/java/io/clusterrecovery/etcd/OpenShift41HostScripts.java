package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.RemoteHost;
import java.util.stream.Stream;

/** What is done to a master of OpenShift 4.1 around its restore script, each safe to repeat. */
final class OpenShift41HostScripts {
  /**
   * Runs the restore script where it always has to run, with the proxy's variables if there are
   * any; these go to it alone. Arguments: file with the variables, snapshot, name and URL.
   */
  static final String RUN =
      """
      set -eu
      if [ -e "$1" ]; then . "$1"; rm -f -- "$1"; fi
      cd /home/core
      exec /usr/local/bin/etcd-snapshot-restore.sh "$2" "$3"
      """;

  /**
   * Moves manifests from the script's folder to the kubelet's by one rename each. Arguments: file
   * names.
   */
  static final String PUT_BACK =
      """
      set -eu
      from=/home/core/assets/manifests-stopped to=/etc/kubernetes/manifests
      for name in "$@"; do
        [ -e "$from/$name" ] && [ ! -e "$to/$name" ] || continue
        cp -p "$from/$name" "$to/.$name.part"
        sync "$to/.$name.part"
        mv -T "$to/.$name.part" "$to/$name"
      done
      sync "$to"
      """;

  /** Writes down which manifests there are. Argument: the file. */
  static final String NOTE_MANIFESTS =
      """
      set -eu
      [ ! -e "$1" ] || exit 0
      umask 077
      mkdir -p "$(dirname "$1")"
      cd /etc/kubernetes/manifests
      find . -maxdepth 1 -type f ! -name '.*' -printf '%f\\n' | sort | xargs -r sha256sum > "$1.part"
      sync "$1.part"
      mv -T "$1.part" "$1"
      """;

  /**
   * Takes the script's copy of the old data in, as if it had been moved aside. On another file
   * system it stays where it is until the other is whole. Argument: where it goes.
   */
  static final String TAKE_COPY_IN =
      """
      set -eu
      from=/home/core/assets/backup/etcd
      [ -e "$from/member" ] && [ ! -e "$1/member" ] || exit 0
      umask 077
      mkdir -p "$1"
      { echo "what=etcd data directory, as etcd-snapshot-restore.sh has copied it"
        echo "from=/var/lib/etcd/member"
        echo "directory=$(stat -c '%u:%g %a' "$from")"
        echo "moved=$(date -u +%Y-%m-%dT%H:%M:%SZ)"; } > "$1/manifest"
      rm -rf -- "$1/member.part"
      if [ "$(stat -c %d "$from")" = "$(stat -c %d "$1")" ]; then
        mv -T "$from/member" "$1/member"
      else
        cp -a "$from/member" "$1/member.part"
        sync
        mv -T "$1/member.part" "$1/member"
      fi
      sync "$1"
      """;

  /** Notes that there was no data, where the script has found none. Argument: where it would be. */
  static final String NOTE_NONE =
      """
      set -eu
      [ ! -e "$1/member" ] || exit 0
      umask 077
      mkdir -p "$1"
      echo "what=there was no etcd data before the restore" > "$1/none"
      """;

  /**
   * Moves the old data back to where it was, if there was any. From another file system it is there
   * whole before it goes here. Argument: where it is.
   */
  static final String MOVE_OLD_BACK =
      """
      set -eu
      to=/var/lib/etcd
      if [ -e "$1/member" ]; then
        [ ! -e "$to/member" ] || { echo "other data came in between" >&2; exit 1; }
        directory=$(sed -n 's/^directory=//p' "$1/manifest")
        mkdir -p "$to"
        chown "${directory% *}" "$to"
        chmod "${directory#* }" "$to"
        rm -rf -- "$to/.member.part"
        if [ "$(stat -c %d "$1")" = "$(stat -c %d "$to")" ]; then
          mv -T "$1/member" "$to/member"
        else
          cp -a "$1/member" "$to/.member.part"
          sync
          mv -T "$to/.member.part" "$to/member"
          mv -T "$1/member" "$1/member.back"
        fi
        sync "$to"
      fi
      rm -rf -- "$1"
      """;

  /** Moves the script's folder to a new numbered one, closed to others. Argument: where it goes. */
  static final String ARCHIVE =
      """
      set -eu
      from=/home/core/assets
      [ -e "$from" ] || exit 0
      n=1
      while [ -e "$1-$n" ]; do n=$((n + 1)); done
      umask 077
      mkdir -p "$(dirname "$1")"
      mv -T "$from" "$1-$n"
      chmod -R go= "$1-$n"
      """;

  /** Stops the kubelet, which might start it again, and ends etcd's pods. */
  static final String END_ETCD =
      """
      set -eu
      systemctl stop kubelet.service
      for pod in $(crictl pods -name etcd-member --state Ready -q); do crictl stopp "$pod"; done
      [ -z "$(crictl pods -name etcd-member --state Ready -q)" ]
      """;

  /**
   * Stops the kubelet and every container, as the restore script does; one that ends by itself
   * meanwhile is no failure.
   */
  static final String STOP_ALL =
      """
      set -eu
      systemctl stop kubelet.service
      crictl ps -q | xargs -r crictl stop > /dev/null || true
      [ -z "$(crictl ps -q)" ] || crictl ps -q | xargs -r crictl stop > /dev/null
      """;

  /** Starts the kubelet. */
  static final String START_KUBELET =
      """
      set -eu
      systemctl daemon-reload
      systemctl reset-failed kubelet.service 2>/dev/null || true
      systemctl start kubelet.service
      """;

  /** Marks the script's work as done. Argument: the mark. */
  static final String MARK = "set -eu; umask 077; : > \"$1\"; sync \"$1\"";

  /** Removes what a run has noted of the script. Argument: the run's folder. */
  static final String FORGET =
      "rm -f -- \"$1/script-complete\" \"$1/manifests-before\" \"$1/proxy\"";

  /**
   * Moves manifests away, whatever they are, so that not even a reboot starts them. Argument: to.
   */
  static final String MANIFESTS_ASIDE =
      """
      set -eu
      umask 077
      mkdir -p "$1"
      find /etc/kubernetes/manifests -maxdepth 1 -type f -exec mv -n -t "$1" {} +
      """;

  /** Moves them back. Argument: from. */
  static final String MANIFESTS_BACK =
      """
      set -eu
      [ -d "$1" ] || exit 0
      find "$1" -maxdepth 1 -type f -exec mv -n -t /etc/kubernetes/manifests {} +
      rmdir "$1" 2>/dev/null || true
      """;

  private static final String WHERE_DATA_IS =
      """
      copy=/home/core/assets/backup/etcd
      [ ! -e /var/lib/etcd/member/snap/db ] && [ -e "$copy/member/snap/db" ] && echo "$copy" && exit
      echo /var/lib/etcd
      """;

  private OpenShift41HostScripts() {}

  static String whereDataIs(RemoteHost host) {
    return HostFile.must(host, Command.of("sh", "-c", WHERE_DATA_IS).asRoot()).text();
  }

  /** Runs one of those on a host, where it must succeed. */
  static void run(RemoteHost host, String script, String... arguments) {
    Stream<String> all = Stream.concat(Stream.of("-c", script, "sh"), Stream.of(arguments));
    HostFile.must(host, Command.of("sh", all.toArray(String[]::new)).asRoot());
  }
}
