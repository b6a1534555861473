package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.SignerPods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An API that has at most one pod, and does what a test wants when that comes or goes. */
final class FakeSignerPods implements SignerPods {
  final List<String> events = new ArrayList<>();
  Optional<Pod> pod = Optional.empty();
  String manifest = "";
  Runnable whenCreated = () -> {};
  Runnable whenDeleted = () -> {};
  boolean silent;

  @Override
  public Optional<Pod> find(RunContext run) {
    if (silent) {
      throw new RefusedException(
          new Refusal(Code.API_UNREACHABLE, "The API is silent.", "Look."), null);
    }
    return pod;
  }

  @Override
  public void create(String text, String host, Duration life, RunContext run) {
    events.add("created for " + life.toMinutes() + " min");
    manifest = text;
    pod = Optional.of(new Pod("u", Optional.of(run.runId().value()), host, "Running"));
    whenCreated.run();
  }

  @Override
  public void delete(Pod seen, RunContext run) {
    events.add("deleted");
    pod = Optional.empty();
    whenDeleted.run();
  }
}
