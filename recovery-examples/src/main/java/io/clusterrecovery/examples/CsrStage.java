package io.clusterrecovery.examples;

import io.clusterrecovery.RunContext;
import io.clusterrecovery.k8s.CsrApprover;
import io.clusterrecovery.k8s.CsrReport;
import io.clusterrecovery.testkit.Lab;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** A cluster with thousands of pending requests, to which six of ours come again and again. */
final class CsrStage implements AutoCloseable {
  private static final int OTHERS = 2000;

  private final Lab lab;
  private final ApiClient client;
  private final Tool kubectl;
  private final ExecutorService runs = Executors.newSingleThreadExecutor();
  private int round;

  private CsrStage(Lab lab) {
    this.lab = lab;
    this.client = LabApi.client(lab.kubeconfig());
    this.kubectl = new LabTools(lab).kubectl();
  }

  static CsrStage open(Consumer<String> tell) throws Exception {
    CsrStage stage = new CsrStage(Lab.builder().hosts("master-0").kubernetes(true).start());
    try {
      tell.accept("posting " + OTHERS + " requests of others");
      new CsrCrowd(stage.client).post(OTHERS);
      return stage;
    } catch (Exception e) {
      stage.close();
      throw e;
    }
  }

  /** The run waits; six requests come, one after the other. */
  double slowestFromArrival() throws Exception {
    CsrSix six = new CsrSix(client, round++);
    ApprovalTimes times = new ApprovalTimes();
    Future<CsrReport> run = runs.submit(() -> approve(six, times));
    times.awaitWaiting();
    Map<String, Long> posted = new LinkedHashMap<>();
    for (String change : six.changes()) {
      posted.put(change, System.nanoTime());
      six.post(change);
    }
    check(run.get());
    six.delete();
    return times.slowestSince(posted);
  }

  /** Six requests are there; the run begins, and approves them. */
  double ours() {
    CsrSix six = posted();
    ApprovalTimes times = new ApprovalTimes();
    long start = System.nanoTime();
    check(approve(six, times));
    Map<String, Long> begun = new LinkedHashMap<>();
    six.changes().forEach(change -> begun.put(change, start));
    six.delete();
    return times.slowestSince(begun);
  }

  /** Six requests are there; their names are given to kubectl. */
  double byKubectl() {
    CsrSix six = posted();
    long start = System.nanoTime();
    kubectl.run(six.kubectlArguments());
    double took = (System.nanoTime() - start) / 1e9;
    six.delete();
    return took;
  }

  @Override
  public void close() {
    runs.shutdownNow();
    lab.close();
  }

  private CsrSix posted() {
    CsrSix six = new CsrSix(client, round++);
    six.changes().forEach(six::post);
    return six;
  }

  private CsrReport approve(CsrSix six, ApprovalTimes times) {
    CsrApprover.Builder approver =
        CsrApprover.on(client)
            .createdAfter(Instant.now().minus(Duration.ofMinutes(1)))
            .rivalWait(Duration.ZERO);
    six.nodes().forEach(approver::expectNode);
    return RunContext.builder().listener(times).build().carryOut(approver.build());
  }

  private static void check(CsrReport report) {
    if (report.approved().size() != 6 || report.leftPending().size() != OTHERS) {
      throw new IllegalStateException(
          "approved %d, left %d".formatted(report.approved().size(), report.leftPending().size()));
    }
  }
}
