package io.clusterrecovery.k8s;

import io.clusterrecovery.Poll;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Waits for new Machines, which one watch tells of. */
final class MachineWait {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** The listening is the pause. */
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  /** Times come to the second from the API server, so two are allowed between the clocks. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

  private final KubeApi api;
  private final MachineSettings settings;
  private final RunContext run;
  private final Denials denials;
  private final KnownObjects<Machine> known = new KnownObjects<>(Machine::ofControlPlane);
  private Duration patience = Duration.ZERO;

  MachineWait(KubeApi api, MachineSettings settings, RunContext run) {
    this.api = api;
    this.settings = settings;
    this.run = run;
    this.denials = new Denials(run.clock());
  }

  List<Machine> await() {
    ServerTime time =
        new ApiCalls(api, run).read("compare clocks", () -> ServerTime.ask(api, run.clock()));
    Duration ahead = Duration.between(run.clock().now(), time.now(run.clock()));
    Instant after = settings.createdAfter().plus(ahead).minus(CLOCK_TOLERANCE);
    String path = ApiResource.MACHINES.path();
    try (ObjectFeed feed = new WatchedObjects(api, run.clock(), path, known)) {
      Wait wait = Wait.named(settings.shown(), settings.limit()).every(AT_ONCE);
      return run.await(wait, () -> look(feed, after));
    }
  }

  private Poll<List<Machine>> look(ObjectFeed feed, Instant after) {
    try {
      Duration listening = patience;
      patience = PATIENCE;
      feed.next(listening);
      denials.none();
      return settings.judge(known.all(), after);
    } catch (ApiFailure e) {
      return denials.judge(e);
    }
  }
}
