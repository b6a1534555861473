package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.SignerPods;
import io.clusterrecovery.etcd.EtcdSigner.SignerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a signer may be run, and what is to be changed for it: pure functions of what was seen.
 */
record SignerRules(SignerSettings settings, SignerLook look) {
  private static final String POD = "openshift-config/etcd-signer";

  /** A pod that an earlier run, or this one before it was interrupted, has left. */
  Optional<SignerPods.Pod> left() {
    return look.pod().filter(pod -> pod.run().isPresent());
  }

  /** Why none may be run. */
  List<Refusal> refusals() {
    List<Refusal> refusals = new ArrayList<>();
    foreign().ifPresent(refusals::add);
    for (String needed : List.of("oc", "ss", SignerLook.SCRIPT_FILE, settings.registryConfig())) {
      if (!look.there().contains(needed)) {
        refusals.add(
            new Refusal(
                Code.TOOL_MISSING,
                "%s has no %s.".formatted(settings.host().name(), needed),
                "Make sure that it is a master of OpenShift 4.1, or name another file."));
      }
    }
    if (look.kubeconfigs().isEmpty() && settings.login().isEmpty()) {
      refusals.add(
          new Refusal(
              Code.API_ACCESS_DENIED,
              "%s has none of the kubeconfigs %s, and no login was given."
                  .formatted(settings.host().name(), settings.kubeconfigs()),
              "Name one with kubeconfig(…), or give a cluster-admin's login(…)."));
    }
    return refusals;
  }

  private Optional<Refusal> foreign() {
    Optional<SignerPods.Pod> pod = look.pod();
    if (pod.isPresent() && left().isEmpty()) {
      return Optional.of(
          notOurs("The pod %s is there, and this SDK has not created it.".formatted(POD)));
    }
    boolean explained =
        left().filter(ours -> ours.host().equals(settings.hostname())).isPresent()
            || !look.silence().isEmpty();
    return look.listens() && !explained
        ? Optional.of(
            notOurs(
                "Something listens on port %d of %s, and it is no pod of this SDK."
                    .formatted(EtcdSigner.PORT, settings.host().name())))
        : Optional.empty();
  }

  private static Refusal notOurs(String found) {
    return new Refusal(
        Code.SIGNER_NOT_OURS,
        found,
        "Find out who signs certificates of etcd there; when nobody needs it, delete it, then run the step again.");
  }

  static Change removal(SignerPods.Pod pod) {
    return Change.of(
            "signer/remove-left",
            "delete the pod that run %s has left".formatted(pod.run().orElse("")),
            POD,
            pod.state(),
            "gone, port " + EtcdSigner.PORT + " closed")
        .withoutUndo();
  }

  static Change start(SignerSettings settings) {
    return Change.of(
        "signer/start",
        "run the signer of etcd's certificates",
        settings.host().name(),
        "nothing on port " + EtcdSigner.PORT,
        "signs for whoever asks, for %d min at most".formatted(settings.life().toMinutes()));
  }

  static Change stop() {
    return Change.of(
            "signer/stop",
            "delete the signer's pod",
            POD,
            "signs for whoever asks",
            "gone, port " + EtcdSigner.PORT + " closed")
        .withoutUndo();
  }
}
