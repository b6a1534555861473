package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import io.clusterrecovery.Change;
import java.util.List;
import java.util.Optional;

/**
 * The pod that signs etcd's certificates while masters of OpenShift 4.1 are made anew: it signs for
 * whoever asks, so it must not stay.
 */
final class SignerPod implements ClusterCheck<Optional<JsonObject>> {
  @Override
  public String name() {
    return "signer-pod";
  }

  @Override
  public Optional<JsonObject> observe(KubeApi api, CleanSettings settings) {
    return api.find(KubeSignerPods.PATH).map(Reply::body);
  }

  @Override
  public Diagnosis judge(Optional<JsonObject> facts, CleanSettings settings) {
    return facts
        .map(
            pod ->
                Diagnosis.curable(
                    "the pod etcd-signer was left over",
                    List.of(new Remedy(CHANGE, ApiWrite.Delete.of(KubeSignerPods.PATH, pod)))))
        .orElseGet(() -> Diagnosis.well("no pod etcd-signer"));
  }

  private static final Change CHANGE =
      Change.of(
              "delete-pod/openshift-config/etcd-signer",
              "delete the pod",
              "openshift-config/etcd-signer",
              "signs for whoever asks",
              "gone")
          .withoutUndo();
}
