package io.clusterrecovery.k8s;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import io.clusterrecovery.Code;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.SignerPods;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.util.Optional;

/**
 * The pod that signs etcd's certificates, by the Kubernetes API.
 *
 * <p>What its client has to be allowed is in {@code docs/etcd-signer-role.yaml}, a role. Immutable
 * and thread-safe.
 */
public final class KubeSignerPods implements SignerPods {
  private static final String PODS = "/api/v1/namespaces/openshift-config/pods";

  /** Where the pod is. */
  static final String PATH = PODS + "/etcd-signer";

  /** What it issues after it was asked what it has issued, and before its end, nobody is told. */
  private static final int GRACE_SECONDS = 1;

  private final KubeApi api;

  private KubeSignerPods(KubeApi api) {
    this.api = api;
  }

  /**
   * {@return the pod of a cluster}
   *
   * @param client how the API is reached; stays the caller's and is not changed
   */
  public static KubeSignerPods on(ApiClient client) {
    return new KubeSignerPods(KubeApi.of(requireNonNull(client, "client")));
  }

  @Override
  public Optional<Pod> find(RunContext run) {
    return new ApiCalls(api, run)
        .read("look for the pod etcd-signer", () -> api.find(PATH))
        .map(reply -> SignerManifest.read(reply.body()));
  }

  @Override
  public void create(String manifest, String host, Duration life, RunContext run) {
    SignerManifest read = SignerManifest.of(manifest, host);
    if (read instanceof SignerManifest.Differs differs) {
      throw refused(differs, run);
    }
    JsonObject pod = ((SignerManifest.Fits) read).marked(run.runId(), life);
    new ApiCalls(api, run).read("create the pod etcd-signer", () -> create(pod, run));
  }

  /** A repeated call may find what the first one, whose answer was lost, has made. */
  private boolean create(JsonObject pod, RunContext run) {
    try {
      api.post(PODS, pod);
      return true;
    } catch (ApiFailure e) {
      Optional<Pod> there =
          e.status() == 409
              ? api.find(PATH).map(reply -> SignerManifest.read(reply.body()))
              : Optional.empty();
      if (there.isEmpty()) {
        throw e;
      }
      if (!there.get().isOf(run.runId())) {
        throw run.failure(
            Code.CONCURRENT_CHANGE,
            "Somebody else has created the pod openshift-config/etcd-signer meanwhile.",
            "Find out who makes masters anew there, then run the step again.",
            e);
      }
      return false;
    }
  }

  private static RecoveryException refused(SignerManifest.Differs differs, RunContext run) {
    return run.failure(
        Code.VERIFICATION_FAILED,
        "The manifest is not the one of the pod etcd-signer: " + differs.how() + ".",
        "Look at what tokenize-signer.sh has made of its template.",
        null);
  }

  /** Its state changes all the time, so only what it is has to be as it was seen. */
  @Override
  public void delete(Pod pod, RunContext run) {
    new ApiCalls(api, run).read("delete the pod etcd-signer", () -> delete(pod.uid()));
  }

  private boolean delete(String uid) {
    JsonObject preconditions = new JsonObject();
    preconditions.addProperty("uid", uid);
    JsonObject options = new JsonObject();
    options.add("preconditions", preconditions);
    options.addProperty("gracePeriodSeconds", GRACE_SECONDS);
    try {
      api.delete(PATH, options);
      return true;
    } catch (ApiFailure e) {
      if (e.changedMeanwhile()) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public String toString() {
    return "the pod openshift-config/etcd-signer at " + api.address();
  }
}
