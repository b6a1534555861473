package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import io.clusterrecovery.Change;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RunContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells one operator after the other, and awaits each. */
final class RedeployRun {
  private final KubeApi api;
  private final String reason;
  private final Duration limit;
  private final RunContext run;
  private final ApiCalls calls;

  RedeployRun(KubeApi api, String reason, Duration limit, RunContext run) {
    this.api = api;
    this.reason = reason;
    this.limit = limit;
    this.run = run;
    this.calls = new ApiCalls(api, run);
  }

  static Change change(ApiResource kind, Operator operator, String reason) {
    return Change.of(
            "redeploy/" + kind.plural(),
            "tell the operator to roll its pods out anew",
            kind.plural(),
            operator.reason().isEmpty() ? "no reason" : operator.reason(),
            reason)
        .withoutUndo();
  }

  List<Redeployed> all(Map<ApiResource, Operator> operators) {
    List<Redeployed> done = new ArrayList<>();
    operators.forEach((kind, operator) -> done.add(one(kind, operator)));
    return done;
  }

  private Redeployed one(ApiResource kind, Operator operator) {
    boolean told = operator.reason().equals(reason);
    // What it was told before this run began may be rolled out already.
    int least = told ? 0 : operator.latest();
    int before =
        Integer.parseInt(run.once("before/" + kind.plural(), () -> Integer.toString(least)));
    if (!told) {
      run.change(
          change(kind, operator, reason), () -> calls.read("tell " + kind, () -> tell(kind)));
    }
    return new Redeployed(kind.toString(), await(kind, before));
  }

  /** The same again does no harm, so it is repeated where its answer was lost. */
  private Reply tell(ApiResource kind) {
    JsonObject spec = new JsonObject();
    spec.addProperty("forceRedeploymentReason", reason);
    JsonObject patch = new JsonObject();
    patch.add("spec", spec);
    return api.patch(kind.path() + "/cluster", patch);
  }

  private int await(ApiResource kind, int before) {
    KnownObjects<Operator> known = new KnownObjects<>(o -> Optional.of(Operator.read(o)));
    try (ObjectFeed feed = new WatchedObjects(api, run.clock(), kind.path(), known)) {
      return new Listening(run, feed)
          .await(kind + " rolled out on every host", limit, () -> judge(known, before));
    }
  }

  private static Poll<Integer> judge(KnownObjects<Operator> known, int before) {
    Optional<Operator> now = known.all().stream().findFirst();
    if (now.filter(operator -> operator.isRolledOutAfter(before)).isPresent()) {
      return Poll.done(now.get().latest());
    }
    return Poll.notYet(now.map(Operator::toString).orElse("its object is not there"));
  }
}
