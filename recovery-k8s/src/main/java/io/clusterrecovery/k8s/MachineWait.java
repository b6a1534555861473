package io.clusterrecovery.k8s;

import io.clusterrecovery.RunContext;
import java.time.Instant;
import java.util.List;

/** Waits for new Machines, which one watch tells of. */
final class MachineWait {
  private final KubeApi api;
  private final MachineSettings settings;
  private final RunContext run;
  private final KnownObjects<Machine> known = new KnownObjects<>(Machine::ofControlPlane);

  MachineWait(KubeApi api, MachineSettings settings, RunContext run) {
    this.api = api;
    this.settings = settings;
    this.run = run;
  }

  List<Machine> await() {
    ServerTime time =
        new ApiCalls(api, run).read("compare clocks", () -> ServerTime.ask(api, run.clock()));
    Instant after = time.earliest(settings.createdAfter(), run.clock());
    String path = ApiResource.MACHINES.path();
    try (ObjectFeed feed = new WatchedObjects(api, run.clock(), path, known)) {
      return new Listening(run, feed)
          .await(settings.shown(), settings.limit(), () -> settings.judge(known.all(), after));
    }
  }
}
