package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a host must be like for etcd to be restored where the kubelet runs it: a pure function of
 * what was seen.
 */
final class StaticPodRules {
  private static final List<String> UNSUPPORTED =
      List.of("--config-file", "--wal-dir", "--discovery", "--force-new-cluster");

  private StaticPodRules() {}

  static List<Refusal> refusals(
      String host, StaticPodFiles files, boolean kubelet, String memberName) {
    List<Refusal> refusals = new ArrayList<>();
    if (!kubelet) {
      refusals.add(
          unsupported(
              "%s has no unit 'kubelet'.".formatted(host),
              "Choose the method that fits how etcd is run there."));
    }
    Optional<PodManifest> etcd = files.etcd();
    if (etcd.isEmpty()) {
      refusals.add(
          unsupported(
              "%s has no %s/%s that is a pod of one container."
                  .formatted(host, files.folder(), StaticPodFiles.ETCD),
              "Choose the method that fits how etcd is run there; for etcd outside of the cluster,"
                  + " its own host."));
      return refusals;
    }
    refusals.addAll(manifestRefusals(host, etcd.get(), memberName));
    return refusals;
  }

  private static List<Refusal> manifestRefusals(String host, PodManifest etcd, String memberName) {
    List<Refusal> refusals = new ArrayList<>();
    List<String> names = new ArrayList<>(etcd.etcdVariables());
    UNSUPPORTED.stream().filter(etcd::isGiven).forEach(names::add);
    names.forEach(
        name ->
            refusals.add(
                unsupported(
                    "The manifest of etcd on %s sets %s.".formatted(host, name),
                    "Configure etcd by the flags that kubeadm writes.")));
    if (dataDir(etcd).isEmpty()) {
      refusals.add(
          unsupported(
              "The manifest of etcd on %s mounts no folder of the host as its --data-dir."
                  .formatted(host),
              "Mount one, as kubeadm does."));
    }
    String name = etcd.flag("--name").orElse("");
    if (!name.equals(memberName)) {
      refusals.add(
          new Refusal(
              Code.MEMBER_MISMATCH,
              "etcd on %s is called '%s', not '%s'.".formatted(host, name, memberName),
              "Check that this is the right host and the right name."));
    }
    return refusals;
  }

  /** etcd's data directory, by its path on the host. */
  static Optional<String> dataDir(PodManifest etcd) {
    return etcd.flag("--data-dir").flatMap(etcd::onHost);
  }

  private static Refusal unsupported(String found, String next) {
    return new Refusal(Code.ETCD_CONFIG_UNSUPPORTED, found, next);
  }
}
