package io.clusterrecovery.k8s;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What became of the certificate requests of a cluster: each expected node has both certificates.
 *
 * @param nodes the expected nodes
 * @param requests every request that was there at the end, and those of expected nodes that were
 *     there before (the latest 1000), with what every rule says about it
 * @param forced each forcing that the caller wrote
 */
public record CsrReport(List<String> nodes, List<JudgedRequest> requests, List<String> forced) {

  /** Copies the lists. */
  public CsrReport {
    nodes = List.copyOf(nodes);
    requests = List.copyOf(requests);
    forced = List.copyOf(forced);
  }

  /** {@return the requests that this run approved} */
  public List<JudgedRequest> approved() {
    return requests.stream().filter(r -> r.approval().equals(Approval.BY_THIS_RUN)).toList();
  }

  /**
   * {@return the approvals of this run beyond the first of a node and kind} A kubelet that restarts
   * before it has its certificate asks once more.
   */
  public List<JudgedRequest> approvedAgain() {
    Set<String> before = new HashSet<>();
    return approved().stream()
        .sorted(Comparator.comparing(JudgedRequest::created))
        .filter(r -> !before.add(r.node() + " " + r.kind()))
        .toList();
  }

  /** {@return the requests that nobody has decided about, with the reasons in their verdicts} */
  public List<JudgedRequest> leftPending() {
    return requests.stream().filter(JudgedRequest::pending).toList();
  }

  /** {@return the requests of expected nodes, by the name they carry, rightly or not} */
  public List<JudgedRequest> ofNode(String node) {
    return requests.stream().filter(r -> r.node().equals(node)).toList();
  }

  @Override
  public String toString() {
    List<JudgedRequest> shown =
        requests.stream()
            .filter(r -> nodes.contains(r.node()) || (r.pending() && r.kind() != CsrKind.OTHER))
            .toList();
    int others = requests.size() - shown.size();
    String forcings = forced.isEmpty() ? "" : "\n  forced: " + String.join(", ", forced);
    return shown.stream()
            .map(r -> "\n  " + r)
            .collect(Collectors.joining("", "certificates of " + String.join(", ", nodes), ""))
        + (others == 0 ? "" : "\n  and " + others + " of other kinds or decided before")
        + again()
        + forcings;
  }

  private String again() {
    List<JudgedRequest> again = approvedAgain();
    return again.isEmpty()
        ? ""
        : again.stream()
            .map(r -> r.kind() + " of " + r.node())
            .collect(Collectors.joining(", ", "\n  approved again: ", ""));
  }
}
