package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import io.clusterrecovery.Change;
import java.util.ArrayList;
import java.util.List;

/** Locks that lost hosts held before Kubernetes had leases, where its own leaders kept them. */
final class LeaderLocks implements ClusterCheck<List<LeaderLocks.Held>> {
  private static final String NAMESPACES = "/api/v1/namespaces/";

  /** The latter two are OpenShift's. */
  private static final List<String> PLACES =
      List.of("kube-system", "openshift-kube-scheduler", "openshift-kube-controller-manager");

  /** An object with a lock. */
  record Held(String path, JsonObject object, LeaderLock lock) {
    String place() {
      return path.substring(NAMESPACES.length());
    }
  }

  @Override
  public String name() {
    return "leader-locks";
  }

  @Override
  public List<Held> observe(KubeApi api, CleanSettings settings) {
    List<Held> locks = new ArrayList<>();
    for (String namespace : PLACES) {
      for (String kind : List.of("configmaps", "endpoints")) {
        String folder = NAMESPACES + namespace + "/" + kind;
        for (JsonObject object : Pages.all(api, folder)) {
          String path = folder + "/" + Doc.text(object, "metadata", "name");
          LeaderLock.of(object)
              .filter(lock -> settings.lostHolder(lock.holder()).isPresent())
              .ifPresent(lock -> locks.add(new Held(path, object, lock)));
        }
      }
    }
    return locks;
  }

  @Override
  public Diagnosis judge(List<Held> facts, CleanSettings settings) {
    List<String> renewed =
        facts.stream()
            .filter(l -> l.lock().isRenewedAfter(settings.restoredAt()))
            .map(l -> l.place() + " by " + l.lock().holder())
            .toList();
    if (!renewed.isEmpty()) {
      return Diagnosis.alive("locks are renewed by hosts declared lost", renewed);
    }
    return Diagnosis.curableIfAny(
        "no lock is held by a lost host",
        "%d locks are held by lost hosts",
        facts.stream().map(LeaderLocks::remedy).toList());
  }

  private static Remedy remedy(Held held) {
    JsonObject free = held.object().deepCopy();
    free.getAsJsonObject("metadata").getAsJsonObject("annotations").remove(LeaderLock.ANNOTATION);
    Change change =
        Change.of(
                "free-lock/" + held.place(),
                "take the leader's lock off",
                held.place(),
                "held by " + held.lock().holder(),
                "free")
            .withoutUndo();
    return new Remedy(change, new ApiWrite.Replace(held.path(), free));
  }
}
