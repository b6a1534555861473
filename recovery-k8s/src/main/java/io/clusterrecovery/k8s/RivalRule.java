package io.clusterrecovery.k8s;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rule that looks at all requests together: those of one node and kind must have one key.
 *
 * <p>A kubelet that restarts before it has its certificate asks again with a new key, and whoever
 * holds a bootstrap token can ask in its name. Which of several is the living kubelet's can't be
 * told from the API, so none is taken: approving the wrong one gives a stranger the node's
 * identity. Where the host was looked at, only those of the running kubelet come this far.
 *
 * @param patience how long a request must have been there alone
 * @param named requests that the caller has named
 * @param newestAllowed whether the newest of several may be taken
 */
record RivalRule(Duration patience, Set<String> named, boolean newestAllowed) {
  static final String NAME = "one-key";

  RivalRule {
    named = Set.copyOf(named);
  }

  RuleVerdict verdict(Judged one, List<Judged> all, CsrWorld world) {
    return finding(one, all, world).by(NAME);
  }

  private Finding finding(Judged one, List<Judged> all, CsrWorld world) {
    CertificateRequest request = one.request();
    if (!one.allHold()) {
      return Finding.holds("not looked at, since it is held anyway");
    }
    if (request.state() != CsrState.PENDING) {
      return Finding.holds("it is approved already");
    }
    if (named.contains(request.name())) {
      return Finding.holds("the caller named it");
    }
    List<CertificateRequest> rivals = rivals(one, all);
    boolean newest = newestAllowed && isNewest(request, rivals);
    if (!rivals.isEmpty() && !newest) {
      return Finding.broken("other requests of the node have other keys: " + listed(rivals));
    }
    if (!lookedAt(request, world) && world.seenFor(request).compareTo(patience) < 0) {
      return Finding.waits("a rival may come within " + Shown.seconds(patience));
    }
    if (!rivals.isEmpty()) {
      return Finding.holds("it is newer than " + listed(rivals) + ", and the caller allows that");
    }
    return Finding.holds("no other request of the node has another key");
  }

  private static List<CertificateRequest> rivals(Judged one, List<Judged> all) {
    CertificateRequest request = one.request();
    return all.stream()
        .filter(other -> other.concerns(request.node(), request.kind()) && other.allHold())
        .map(Judged::request)
        .filter(other -> !other.keyDigest().equals(request.keyDigest()))
        .toList();
  }

  /**
   * Where the host tells which requests are of the running kubelet, there is nothing to wait for.
   */
  private static boolean lookedAt(CertificateRequest request, CsrWorld world) {
    return world.kubelets().get(request.node()) instanceof KubeletLook.Running;
  }

  /** Times come to the second; of two within the same one neither is the newest. */
  private static boolean isNewest(CertificateRequest request, List<CertificateRequest> rivals) {
    return rivals.stream().allMatch(r -> r.created().isBefore(request.created()));
  }

  private static String listed(List<CertificateRequest> rivals) {
    return rivals.stream()
        .map(r -> r.name() + (r.state().approved() ? " (approved already)" : ""))
        .collect(Collectors.joining(", "));
  }
}
