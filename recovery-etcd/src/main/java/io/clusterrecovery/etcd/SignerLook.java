package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.SignerPods;
import io.clusterrecovery.etcd.EtcdSigner.SignerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was seen of a signer, and of the host that it is to run on.
 *
 * @param there the programs and files that are needed and are there
 * @param kubeconfigs which of the kubeconfigs that may be used are there
 * @param listens whether something listens on the signer's port there
 * @param pod the pod of that name, if there is one; empty too if the API was not to be asked
 * @param silence why the API could not be asked; empty if it could
 */
record SignerLook(
    Set<String> there,
    List<String> kubeconfigs,
    boolean listens,
    Optional<SignerPods.Pod> pod,
    String silence) {
  static final String SCRIPT_FILE = "/usr/local/bin/tokenize-signer.sh";

  /** Arguments: the registry configuration, then kubeconfigs. */
  private static final String LOOK =
      """
      for tool in oc ss; do
        command -v "$tool" > /dev/null && echo "there $tool"
      done
      for file in %s "$1"; do
        [ -e "$file" ] && echo "there $file"
      done
      shift
      for file; do
        [ -s "$file" ] && echo "kubeconfig $file"
      done
      ss -ltn
      """
          .formatted(SCRIPT_FILE);

  /** Copies the collections. */
  SignerLook {
    there = Set.copyOf(there);
    kubeconfigs = List.copyOf(kubeconfigs);
  }

  static SignerLook at(SignerSettings settings, RunContext run) {
    List<String> arguments = new ArrayList<>(List.of("-c", LOOK, "sh", settings.registryConfig()));
    arguments.addAll(settings.kubeconfigs());
    String printed =
        HostFile.must(settings.host(), Command.of("sh", arguments.toArray(String[]::new)).asRoot())
            .out();
    try {
      return parse(printed, settings.pods().find(run), "");
    } catch (RecoveryException e) {
      return parse(printed, Optional.empty(), e.found());
    }
  }

  static SignerLook parse(String printed, Optional<SignerPods.Pod> pod, String silence) {
    return new SignerLook(
        values("there ", printed).stream().collect(Collectors.toSet()),
        values("kubeconfig ", printed),
        ListeningPorts.parse(printed).has(EtcdSigner.PORT),
        pod,
        silence);
  }

  private static List<String> values(String key, String printed) {
    return printed
        .lines()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()))
        .toList();
  }
}
