package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import io.clusterrecovery.Change;
import java.util.List;
import java.util.Optional;

/** Leases that a lost host held when the snapshot was taken: nobody leads until they run out. */
final class DeadLeaders implements ClusterCheck<List<JsonObject>> {
  private static final String GROUP = "/apis/coordination.k8s.io/v1/";
  private static final String OF_NODES = "kube-node-lease";

  @Override
  public String name() {
    return "dead-leaders";
  }

  @Override
  public List<JsonObject> observe(KubeApi api, CleanSettings settings) {
    return Pages.all(api, GROUP + "leases").stream()
        .filter(l -> !Doc.text(l, "metadata", "namespace").equals(OF_NODES))
        .filter(l -> holder(l, settings).isPresent())
        .toList();
  }

  @Override
  public Diagnosis judge(List<JsonObject> facts, CleanSettings settings) {
    List<String> renewed =
        facts.stream()
            .filter(l -> LeaderLock.ofLease(l).isRenewedAfter(settings.restoredAt()))
            .map(l -> place(l) + " by " + holder(l, settings).orElseThrow())
            .toList();
    if (!renewed.isEmpty()) {
      return Diagnosis.alive("leases are renewed by hosts declared lost", renewed);
    }
    return Diagnosis.curableIfAny(
        "no lease is held by a lost host",
        "%d leases are held by lost hosts",
        facts.stream().map(l -> remedy(l, holder(l, settings).orElseThrow())).toList());
  }

  private static Optional<String> holder(JsonObject lease, CleanSettings settings) {
    return settings.lostHolder(LeaderLock.ofLease(lease).holder());
  }

  private static String place(JsonObject lease) {
    return Doc.text(lease, "metadata", "namespace") + "/" + Doc.text(lease, "metadata", "name");
  }

  private static Remedy remedy(JsonObject lease, String holder) {
    String place = place(lease);
    Change change =
        Change.of("delete-lease/" + place, "delete the lease", place, "held by " + holder, "free")
            .withoutUndo();
    String path = GROUP + "namespaces/" + place.replace("/", "/leases/");
    return new Remedy(change, ApiWrite.Delete.of(path, lease));
  }
}
