package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the images of the cluster's release are that make and sign etcd's certificates.
 *
 * @param signer {@code kube-etcd-signer-server}
 * @param environment {@code machine-config-operator}
 * @param agent {@code kube-client-agent}
 */
record ReleaseImages(String signer, String environment, String agent) {
  private static final List<String> NAMES =
      List.of("kube-etcd-signer-server", "machine-config-operator", "kube-client-agent");

  /**
   * Arguments: registry configuration, user, authority, three images, kubeconfigs. The first that
   * is there is used; without any, one is made by a login, by the password in standard input, and
   * gone at the end.
   */
  private static final String SCRIPT =
      """
      registry=$1 user=$2 authority=$3 images="$4 $5 $6"
      shift 6
      for file; do
        [ ! -s "$file" ] || { export KUBECONFIG="$file"; break; }
      done
      if [ -z "${KUBECONFIG:-}" ]; then
        umask 077
        folder=$(mktemp -d /run/cluster-recovery-oc.XXXXXX) || exit 1
        trap 'oc logout > /dev/null 2>&1; rm -rf -- "$folder"' EXIT
        export KUBECONFIG="$folder/kubeconfig"
        oc login https://localhost:6443 --username="$user" \\
          --certificate-authority="$authority" > /dev/null || exit 1
      fi
      for image in $images; do
        spec=$(oc adm release info --image-for "$image" --registry-config="$registry" < /dev/null) \\
          || exit 1
        echo "$image $spec"
      done
      """;

  /**
   * Asks on a host for them; changes nothing.
   *
   * @param kubeconfigs those that may be there, which are preferred to a login
   */
  static ReleaseImages of(
      RemoteHost host, String registry, List<String> kubeconfigs, Optional<OcLogin> login) {
    List<String> arguments = new ArrayList<>(List.of("-c", SCRIPT, "sh", registry));
    arguments.add(login.map(OcLogin::user).orElse(""));
    arguments.add(login.map(OcLogin::authority).orElse(""));
    arguments.addAll(NAMES);
    arguments.addAll(kubeconfigs);
    Command command = Command.of("sh", arguments.toArray(String[]::new)).asRoot();
    CommandResult result =
        host.run(login.map(known -> command.stdin(known.password())).orElse(command));
    return parse(result.out())
        .filter(images -> result.succeeded())
        .orElseThrow(() -> refused(host, result));
  }

  /** Reads lines of a name and a pull spec; empty if one is missing or none. */
  static Optional<ReleaseImages> parse(String printed) {
    Map<String, String> specs = new HashMap<>();
    for (String line : printed.lines().toList()) {
      String[] words = line.strip().split("\\s+", -1);
      if (words.length == 2) {
        specs.put(words[0], words[1]);
      }
    }
    return specs.keySet().containsAll(NAMES)
        ? Optional.of(
            new ReleaseImages(
                specs.getOrDefault(NAMES.get(0), ""),
                specs.getOrDefault(NAMES.get(1), ""),
                specs.getOrDefault(NAMES.get(2), "")))
        : Optional.empty();
  }

  /** {@return them, such that {@link #parse} reads them} */
  String lines() {
    return "%s %s\n%s %s\n%s %s\n"
        .formatted(NAMES.get(0), signer, NAMES.get(1), environment, NAMES.get(2), agent);
  }

  private static RefusedException refused(RemoteHost host, CommandResult result) {
    return new RefusedException(
        new Refusal(
            Code.COMMAND_FAILED,
            "On %s, 'oc adm release info' did not tell the release's images: %s."
                .formatted(host.name(), result.summary()),
            "Look whether the API answers there, whether the kubeconfig or login is of a cluster-admin, and whether the registry can be reached from there."),
        null);
  }
}
