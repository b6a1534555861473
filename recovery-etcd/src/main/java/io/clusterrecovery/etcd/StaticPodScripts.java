package io.clusterrecovery.etcd;

/** What is done to manifests and containers on a host, each safe to repeat. */
final class StaticPodScripts {
  /**
   * Moves manifests aside. Arguments: their folder, where to, file names. A copy is whole before
   * the original goes, since the two folders may be on different file systems. Where there is a
   * copy already, what lies in the original's place is the same, or this run's own.
   */
  static final String ASIDE =
      """
      set -eu
      folder=$1 aside=$2
      shift 2
      umask 077
      mkdir -p "$aside"
      for name in "$@"; do
        if [ ! -e "$aside/$name" ]; then
          [ -e "$folder/$name" ] || continue
          cp -p "$folder/$name" "$aside/.$name.part"
          sync "$aside/.$name.part"
          mv -T "$aside/.$name.part" "$aside/$name"
        fi
        rm -f "$folder/$name"
      done
      sync "$folder"
      """;

  /**
   * Moves manifests back by one rename each, the kubelet reading no file whose name begins with a
   * dot. Arguments as above.
   */
  static final String BACK =
      """
      set -eu
      folder=$1 aside=$2
      shift 2
      for name in "$@"; do
        [ -e "$aside/$name" ] || continue
        cp -p "$aside/$name" "$folder/.$name.part"
        sync "$folder/.$name.part"
        mv -T "$folder/.$name.part" "$folder/$name"
        rm -f "$aside/$name"
      done
      rm -f "$aside"/.*.part
      rmdir "$aside" 2>/dev/null || true
      sync "$folder"
      """;

  /** Writes a manifest from standard input, likewise. Arguments: their folder, file name. */
  static final String PLACE =
      """
      set -eu
      umask 077
      cat > "$1/.$2.part"
      sync "$1/.$2.part"
      mv -T "$1/.$2.part" "$1/$2"
      sync "$1"
      """;

  /**
   * Stops the kubelet, so that nobody starts a container again, and ends the processes given, if
   * they still are what they were. Arguments: process ids.
   */
  static final String END =
      """
      set -eu
      systemctl stop kubelet
      for process in "$@"; do
        program=$(readlink "/proc/$process/exe" 2>/dev/null) || continue
        case ${program##*/} in
          etcd | kube-apiserver | kube-controller-manager | kube-scheduler)
            kill -KILL "$process" 2>/dev/null || true ;;
        esac
      done
      """;

  /**
   * Prints what a container has logged, from where the kubelet links each container's log to, be
   * its runtime which it may. Arguments: container id, phrases by line.
   */
  static final String LOGGED =
      """
      grep -hF -- "$2" /var/log/containers/*-"$1".log 2>/dev/null | tail -n 50
      true
      """;

  private StaticPodScripts() {}
}
