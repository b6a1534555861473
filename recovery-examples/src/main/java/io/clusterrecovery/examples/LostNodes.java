package io.clusterrecovery.examples;

import io.clusterrecovery.Change;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RunContext;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1Pod;
import java.util.List;

/**
 * Deletes nodes that are lost, and the pods they mirrored, in a step of the caller's own: kubeadm
 * would go on to ask the etcd that those pods name.
 */
final class LostNodes implements RecoveryStep<List<String>> {
  private static final int GONE = 404;

  private final CoreV1Api api;
  private final List<String> names;

  LostNodes(ApiClient client, List<String> names) {
    this.api = new CoreV1Api(client);
    this.names = names;
  }

  @Override
  public String operation() {
    return "delete lost nodes";
  }

  @Override
  public Prepared<List<String>> prepare(RunContext run) {
    Plan.Builder plan = Plan.of(operation(), String.join(", ", names));
    names.forEach(name -> plan.change(change(name)));
    return new Prepared<>(
        plan.build(),
        acting -> {
          names.forEach(name -> acting.change(change(name), () -> delete(name)));
          return names;
        });
  }

  private void delete(String name) {
    try {
      tolerant(() -> api.deleteNode(name).execute());
      String here = "spec.nodeName=" + name;
      for (V1Pod pod :
          api.listNamespacedPod("kube-system").fieldSelector(here).execute().getItems()) {
        String podName = String.valueOf(pod.getMetadata().getName());
        tolerant(
            () -> api.deleteNamespacedPod(podName, "kube-system").gracePeriodSeconds(0).execute());
      }
    } catch (ApiException e) {
      throw new IllegalStateException("node " + name + ": " + e.getResponseBody(), e);
    }
  }

  private interface Call {
    void make() throws ApiException;
  }

  private static void tolerant(Call call) throws ApiException {
    try {
      call.make();
    } catch (ApiException e) {
      if (e.getCode() != GONE) {
        throw e;
      }
    }
  }

  private static Change change(String name) {
    return Change.of("delete-node/" + name, "delete node and pods", name, "there", "gone")
        .withoutUndo();
  }
}
