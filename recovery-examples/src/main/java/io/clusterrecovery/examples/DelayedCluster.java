package io.clusterrecovery.examples;

import io.clusterrecovery.Change;
import io.clusterrecovery.Clock;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.Fleet;
import io.clusterrecovery.Master;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Poll;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.Provisioner;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A cluster that is not there, whose every answer comes late: as a host's over a line of a few
 * milliseconds, and as that of something which has to start first.
 */
final class DelayedCluster implements Provisioner {
  private static final Command LOOK = Command.of("true");
  private static final Duration ANSWER = Duration.ofMillis(30);
  private static final Duration CHANGE = Duration.ofMillis(50);
  private static final Duration START = Duration.ofMillis(200);
  private static final Wait SERVING =
      Wait.named("it serves", Duration.ofMinutes(1)).every(Duration.ofMillis(50));

  private final Clock clock = Clock.system();
  private final Map<String, Master> made = new ConcurrentHashMap<>();

  /** {@return a look at three hosts, all at a time} */
  RecoveryStep<String> looks() {
    List<RemoteHost> hosts = List.of(host("h0"), host("h1"), host("h2"));
    return new DelayedStep(
        "look at hosts",
        run -> {
          Fleet.of(hosts).build().observe("looking", host -> host.run(LOOK).text()).orThrow();
          return new Prepared<>(Plan.of("look at hosts", "3 hosts").build(), acting -> "seen");
        });
  }

  RecoveryStep<String> step(String what) {
    return step(what, List.of(new Master("m0", "10.0.0.1")));
  }

  /** {@return a step with two changes of each master, and a wait until it serves} */
  RecoveryStep<String> step(String what, List<Master> on) {
    return new DelayedStep(
        what,
        run -> {
          answered(what);
          Plan.Builder plan = Plan.of(what, "" + on);
          on.forEach(master -> changes(what, master).forEach(plan::change));
          return new Prepared<>(plan.build(), acting -> act(what, on, acting));
        });
  }

  private String act(String what, List<Master> on, RunContext run) {
    for (Master master : on) {
      changes(what, master).forEach(change -> run.change(change, () -> pause(CHANGE)));
      Duration serves = clock.elapsed().plus(START);
      run.await(
          SERVING,
          () ->
              clock.elapsed().compareTo(serves) < 0
                  ? Poll.notYet("starting")
                  : Poll.done(answered(what)));
    }
    return what;
  }

  private static List<Change> changes(String what, Master master) {
    return List.of(
        Change.of(what + "/stop/" + master.name(), what, master.name(), "as it is", "ready"),
        Change.of(what + "/do/" + master.name(), what, master.name(), "ready", "done"));
  }

  @Override
  public Optional<Master> find(String name) {
    answered(name);
    return Optional.ofNullable(made.get(name));
  }

  @Override
  public Master make(String name) {
    pause(CHANGE);
    Master master = new Master(name, "10.0.1." + made.size());
    made.put(name, master);
    return master;
  }

  private String answered(String what) {
    pause(ANSWER);
    return what;
  }

  private void pause(Duration time) {
    try {
      clock.pause(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private RemoteHost host(String name) {
    return new DelayedHost(
        name, command -> new CommandResult(0, answered(command.toString()), "", ANSWER));
  }
}
