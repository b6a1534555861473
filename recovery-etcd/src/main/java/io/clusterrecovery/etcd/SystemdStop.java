package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import java.time.Duration;

/** Stops a unit, and waits until systemd calls it stopped. */
final class SystemdStop {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration PACE = Duration.ofMillis(200);

  private SystemdStop() {}

  static void andAwait(String unit, RemoteHost host, RunContext run) {
    HostFile.must(host, Command.of("systemctl", "stop", "--no-block", unit).asRoot());
    await(unit, host, run);
  }

  static void await(String unit, RemoteHost host, RunContext run) {
    run.await(
        Wait.named("unit " + unit + " stopped on " + host.name(), LIMIT).every(PACE),
        () -> {
          SystemdUnit seen = SystemdUnit.of(host, unit);
          return seen.running()
              ? Poll.notYet("it is " + seen.activeState())
              : Poll.done(seen.activeState());
        });
  }
}
