package io.clusterrecovery.k8s;

import io.clusterrecovery.Code;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Carries a plan of remedies out. */
final class CleanRun {
  /** How long an API server may be away in the middle of it. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final KubeApi api;
  private final CleanLook look;
  private final RunContext run;
  private final Denials denials;

  CleanRun(KubeApi api, CleanLook look, RunContext run) {
    this.api = api;
    this.look = look;
    this.run = run;
    this.denials = new Denials(run.clock());
  }

  CleanReport clean(Map<ClusterCheck<?>, Diagnosis> before) {
    before.forEach(
        (check, diagnosis) ->
            diagnosis.remedies().forEach(r -> run.change(r.change(), () -> apply(check, r))));
    Map<ClusterCheck<?>, Diagnosis> after =
        run.await(Wait.named("the cluster is clean", LIMIT), () -> denials.around(this::readBack));
    return new CleanReport(CleanLook.results(before), run.changed(), CleanLook.results(after));
  }

  private void apply(ClusterCheck<?> check, Remedy remedy) {
    try {
      remedy.write().on(api);
    } catch (ApiFailure e) {
      if (e.passing() || e.changedMeanwhile()) {
        settle(check, remedy);
      } else {
        throw new ApiCalls(api, run).translated(e);
      }
    } catch (ApiWrite.Renewed e) {
      String next = "Power that host off, or stop calling it lost.";
      throw run.failure(Code.CONCURRENT_CHANGE, String.valueOf(e.getMessage()), next, e);
    }
  }

  /**
   * An answer that got lost doesn't say whether the write was taken, and controllers write to the
   * objects of dead hosts too: it is judged anew, and what is still to be mended is.
   */
  private void settle(ClusterCheck<?> check, Remedy remedy) {
    run.await(
        Wait.named(remedy.change().what() + " " + remedy.change().on(), LIMIT),
        () -> {
          try {
            Optional<Remedy> again = look.again(check, remedy);
            again.ifPresent(now -> now.write().on(api));
            return again.isEmpty() ? Poll.done(true) : Poll.notYet("it is being changed");
          } catch (ApiFailure e) {
            return e.changedMeanwhile() ? Poll.notYet(e.said()) : denials.judge(e);
          }
        });
  }

  private Poll<Map<ClusterCheck<?>, Diagnosis>> readBack() {
    Map<ClusterCheck<?>, Diagnosis> now = look.all();
    List<String> left =
        now.values().stream()
            .flatMap(d -> d.remedies().stream())
            .map(r -> r.change().toString())
            .toList();
    return left.isEmpty() ? Poll.done(now) : Poll.notYet(String.join("; ", left));
  }
}
