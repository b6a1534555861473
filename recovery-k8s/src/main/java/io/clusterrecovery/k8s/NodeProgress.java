package io.clusterrecovery.k8s;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far one expected node has come.
 *
 * @param asksForClient whether it asks for its client certificate by a request
 * @param requests all that was judged
 */
record NodeProgress(String node, boolean asksForClient, List<Judged> requests) {

  static List<NodeProgress> of(List<String> nodes, CsrSettings settings, List<Judged> requests) {
    boolean client = settings.requester().asksForClient();
    return nodes.stream().map(n -> new NodeProgress(n, client, requests)).toList();
  }

  /** {@return whether the node's client certificate needs no approval any more} */
  boolean clientApproved() {
    return valid(CsrKind.CLIENT, CsrState.APPROVED) || clientIssued();
  }

  boolean clientIssued() {
    return !asksForClient || valid(CsrKind.CLIENT, CsrState.ISSUED) || hasAskedForServing();
  }

  boolean servingApproved() {
    return valid(CsrKind.SERVING, CsrState.APPROVED) || servingIssued();
  }

  boolean servingIssued() {
    return valid(CsrKind.SERVING, CsrState.ISSUED);
  }

  boolean issued(CsrKind kind) {
    return kind == CsrKind.CLIENT ? clientIssued() : servingIssued();
  }

  /** {@return whether only somebody who names or deletes a request can bring the node further} */
  boolean stuck(CsrKind kind) {
    boolean underWay =
        of(kind).stream()
            .anyMatch(j -> waits(j) || (j.allHold() && j.request().state() != CsrState.ISSUED));
    return !issued(kind) && !underWay && of(kind).stream().anyMatch(Judged::ambiguous);
  }

  /** {@return the requests that can't be told apart, by name} */
  List<String> ambiguous() {
    return Stream.of(CsrKind.CLIENT, CsrKind.SERVING)
        .filter(this::stuck)
        .flatMap(kind -> of(kind).stream())
        .filter(Judged::ambiguous)
        .map(j -> j.request().name())
        .toList();
  }

  /** {@return how the node stands, in a few words} */
  String shown(CsrKind kind) {
    if (issued(kind)) {
      return node + ": " + kind + " issued";
    }
    List<Judged> asked =
        requests.stream().filter(j -> j.request().node().equals(node) && worthSaying(j)).toList();
    String start = of(kind).isEmpty() ? node + ": no " + kind + " request yet" : node + ":";
    return asked.stream()
        .map(j -> j.request().name() + " (" + j.request().kind() + ") " + words(j))
        .collect(Collectors.joining(", ", asked.isEmpty() ? start : start + " ", ""));
  }

  private static boolean worthSaying(Judged judged) {
    return judged.request().state() != CsrState.ISSUED || !judged.allHold();
  }

  private static String words(Judged judged) {
    return judged.allHold() && judged.request().state() == CsrState.APPROVED
        ? "approved, not issued yet"
        : judged.decision().toString();
  }

  /** A serving request is posted by the node itself, so its client certificate works. */
  private boolean hasAskedForServing() {
    return of(CsrKind.SERVING).stream().anyMatch(j -> j.allHold() || j.ambiguous() || waits(j));
  }

  private static boolean waits(Judged judged) {
    return judged.decision() instanceof CsrDecision.Wait;
  }

  private boolean valid(CsrKind kind, CsrState state) {
    return of(kind).stream().anyMatch(j -> j.allHold() && j.request().state() == state);
  }

  private List<Judged> of(CsrKind kind) {
    return requests.stream().filter(j -> j.concerns(node, kind)).toList();
  }
}
