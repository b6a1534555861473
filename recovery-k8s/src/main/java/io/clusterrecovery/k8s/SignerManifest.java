package io.clusterrecovery.k8s;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.clusterrecovery.RunId;
import io.clusterrecovery.SignerPods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What a text is as the manifest of the signer's pod. */
sealed interface SignerManifest {
  /** Which run has created a pod, as an annotation of it. */
  String RUN = "cluster-recovery.io/run";

  /** It is that pod. */
  record Fits(JsonObject pod) implements SignerManifest {

    /** {@return it, as it is created by a run} */
    JsonObject marked(RunId run, Duration life) {
      JsonObject marked = pod.deepCopy();
      JsonObject metadata = marked.getAsJsonObject("metadata");
      if (!metadata.has("annotations")) {
        metadata.add("annotations", new JsonObject());
      }
      metadata.getAsJsonObject("annotations").addProperty(RUN, run.value());
      marked
          .getAsJsonObject("spec")
          .addProperty("activeDeadlineSeconds", Math.max(1, life.toSeconds()));
      return marked;
    }
  }

  /** It is another one. */
  record Differs(String how) implements SignerManifest {}

  /**
   * Reads a manifest as a plain document: a model of pods would add fields that servers refuse.
   *
   * @param host the value of the label of the node that it has to be pinned to
   */
  static SignerManifest of(String yaml, String host) {
    JsonObject pod;
    try {
      Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
      pod = new Gson().toJsonTree(document).getAsJsonObject();
    } catch (RuntimeException e) {
      return new Differs("it cannot be read as a pod");
    }
    List<String> differences = differences(pod, host);
    return differences.isEmpty() ? new Fits(pod) : new Differs(String.join("; ", differences));
  }

  private static List<String> differences(JsonObject pod, String host) {
    List<String> differences = new ArrayList<>();
    require("kind", "Pod", Doc.text(pod, "kind"), differences);
    require("name", "etcd-signer", Doc.text(pod, "metadata", "name"), differences);
    require("namespace", "openshift-config", Doc.text(pod, "metadata", "namespace"), differences);
    require("hostNetwork", "true", Doc.text(pod, "spec", "hostNetwork"), differences);
    require("kubernetes.io/hostname", host, host(pod), differences);
    return differences;
  }

  private static void require(String what, String wanted, String found, List<String> differences) {
    if (!found.equals(wanted)) {
      differences.add("%s is '%s', not '%s'".formatted(what, Shown.text(found), wanted));
    }
  }

  private static String host(JsonObject pod) {
    return Doc.text(pod, "spec", "nodeSelector", "kubernetes.io/hostname");
  }

  /** {@return the pod as the API tells of it} */
  static SignerPods.Pod read(JsonObject pod) {
    String run = Doc.text(pod, "metadata", "annotations", RUN);
    return new SignerPods.Pod(
        Doc.text(pod, "metadata", "uid"),
        Optional.of(run).filter(id -> !id.isEmpty()),
        host(pod),
        state(pod));
  }

  private static String state(JsonObject pod) {
    if (Doc.has(pod, "metadata", "deletionTimestamp")) {
      return "being deleted";
    }
    List<String> words = new ArrayList<>(List.of(Doc.text(pod, "status", "phase")));
    words.add(Doc.text(pod, "status", "reason"));
    Doc.objects(pod, "status", "containerStatuses").stream()
        .map(container -> Doc.text(container, "state", "waiting", "reason"))
        .forEach(words::add);
    words.removeIf(String::isEmpty);
    return Shown.text(String.join(", ", words));
  }
}
