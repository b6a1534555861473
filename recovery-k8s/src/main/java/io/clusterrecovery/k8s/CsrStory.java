package io.clusterrecovery.k8s;

import io.clusterrecovery.RunContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What has been seen of the requests that name an expected node: each change is told once, and what
 * is gone is remembered for the report.
 */
final class CsrStory {
  /** Whoever floods the cluster with requests must not fill the memory of a recovery. */
  private static final int MOST = 1000;

  private final RunContext run;
  private final Approval approval;
  private final Map<String, JudgedRequest> latest = new LinkedHashMap<>();

  CsrStory(RunContext run) {
    this.run = run;
    this.approval = new Approval(run.runId());
  }

  /** Tells of each whose verdict or state is new. */
  void tell(List<Judged> requests) {
    for (Judged judged : requests) {
      JudgedRequest now = judged(judged);
      JudgedRequest before = latest.put(now.uid(), now);
      boolean news = before == null || !before.toString().equals(now.toString());
      if (news && now.kind() != CsrKind.OTHER) {
        run.line(now.toString());
      }
    }
    while (latest.size() > MOST) {
      latest.remove(latest.keySet().iterator().next());
    }
  }

  /** {@return all of these, and those that were there earlier} */
  List<JudgedRequest> with(List<Judged> requests) {
    List<JudgedRequest> all = new ArrayList<>(requests.stream().map(this::judged).toList());
    Set<String> here = all.stream().map(JudgedRequest::uid).collect(Collectors.toSet());
    latest.values().stream()
        .filter(r -> !here.contains(r.uid()))
        .map(JudgedRequest::gone)
        .forEach(all::add);
    return all;
  }

  private JudgedRequest judged(Judged judged) {
    return JudgedRequest.of(judged, approval);
  }
}
