package io.clusterrecovery.etcd;

/** In which state a host is after a restore by the script that failed, in words. */
final class OpenShift41State {
  private OpenShift41State() {}

  static String of(OpenShift41Facts facts, RestoreScriptJob.Seen script) {
    return "%s; %s; kubelet is %s; %s."
        .formatted(script(script), manifests(facts), facts.kubelet(), data(facts, script));
  }

  private static String script(RestoreScriptJob.Seen script) {
    return switch (script.state()) {
      case NOT_STARTED -> "The script does not run";
      case RUNS -> "The script goes on by itself";
      case ENDED -> "The script has ended";
    };
  }

  private static String manifests(OpenShift41Facts facts) {
    return facts.leftovers().isEmpty()
        ? "the manifests are in place"
        : "manifests are in %s/manifests-stopped: %s"
            .formatted(OpenShift41Facts.ASSETS, String.join(", ", facts.leftovers().keySet()));
  }

  private static String data(OpenShift41Facts facts, RestoreScriptJob.Seen script) {
    boolean removed =
        facts.isComplete()
            || facts.hasKept()
            || OpenShift41Move.isRemoved(script.state(), script.stage());
    if (!removed) {
      return facts.hasData() ? "data is in /var/lib/etcd" : "there is no data in /var/lib/etcd";
    }
    String copy =
        facts.hasKept()
            ? "the old data is in /var/lib/cluster-recovery/RUN/etcd-data-1"
            : facts.hasCopy()
                ? "the old data is in " + OpenShift41Facts.ASSETS + "/backup/etcd"
                : "there is no copy of old data";
    return copy + (facts.hasData() ? ", what was restored in its place" : ", nothing in its place");
  }
}
