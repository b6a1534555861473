package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.clusterrecovery.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Locks of leaders as Kubernetes had them before leases: an annotation of a ConfigMap or Endpoints
 * object in {@code kube-system}.
 */
final class LeaderLocks implements ClusterCheck<List<LeaderLocks.Lock>> {
  private static final String ANNOTATION = "control-plane.alpha.kubernetes.io/leader";
  private static final String NAMESPACE = "/api/v1/namespaces/kube-system/";

  /** An object with a lock, and what the lock says. */
  record Lock(String path, JsonObject object, String holder, Optional<Instant> renewed) {
    String name() {
      return path.substring(NAMESPACE.length());
    }
  }

  @Override
  public String name() {
    return "leader-locks";
  }

  @Override
  public List<Lock> observe(KubeApi api, CleanSettings settings) {
    List<Lock> locks = new ArrayList<>();
    for (String kind : List.of("configmaps", "endpoints")) {
      for (JsonObject object : Pages.all(api, NAMESPACE + kind)) {
        lock(NAMESPACE + kind, object)
            .filter(lock -> settings.lostHolder(lock.holder()).isPresent())
            .ifPresent(locks::add);
      }
    }
    return locks;
  }

  @Override
  public Diagnosis judge(List<Lock> facts, CleanSettings settings) {
    List<String> renewed =
        facts.stream()
            .filter(l -> l.renewed().filter(settings.restoredAt()::isBefore).isPresent())
            .map(l -> l.name() + " by " + l.holder())
            .toList();
    if (!renewed.isEmpty()) {
      return Diagnosis.troubled(
          "locks are renewed by hosts declared lost: " + String.join(", ", renewed),
          "power those hosts off, or stop calling them lost",
          List.of());
    }
    return facts.isEmpty()
        ? Diagnosis.well("no lock is held by a lost host")
        : Diagnosis.curable(
            "%d locks are held by lost hosts".formatted(facts.size()),
            facts.stream().map(LeaderLocks::remedy).toList());
  }

  private static Optional<Lock> lock(String folder, JsonObject object) {
    String text = Doc.text(object, "metadata", "annotations", ANNOTATION);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonObject leader = JsonParser.parseString(text).getAsJsonObject();
      return Optional.of(
          new Lock(
              folder + "/" + Doc.text(object, "metadata", "name"),
              object,
              Doc.text(leader, "holderIdentity"),
              Doc.time(leader, "renewTime")));
    } catch (JsonParseException | IllegalStateException e) {
      // Somebody else's annotation of that name is not a lock.
      return Optional.empty();
    }
  }

  private static Remedy remedy(Lock lock) {
    JsonObject free = lock.object().deepCopy();
    free.getAsJsonObject("metadata").getAsJsonObject("annotations").remove(ANNOTATION);
    Change change =
        Change.of(
                "free-lock/" + lock.name(),
                "take the leader's lock off",
                "kube-system " + lock.name(),
                "held by " + lock.holder(),
                "free")
            .withoutUndo();
    return new Remedy(change, new ApiWrite.Replace(lock.path(), free));
  }
}
