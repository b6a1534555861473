package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Restarts units of a host, one after the other, each until systemd calls it active again. */
final class SystemdRestart {
  /** An API server with a large store is slow to be ready. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private static final Duration PACE = Duration.ofMillis(200);

  private static final List<String> WATCHERS =
      List.of("kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet");

  private final List<String> units;
  private final RemoteHost host;

  SystemdRestart(List<String> units, RemoteHost host) {
    this.units = units;
    this.host = host;
  }

  /** Those units, and whatever else on the host may have seen newer revisions. */
  static List<String> withWatchers(List<String> named, RemoteHost host) {
    List<String> more =
        WATCHERS.stream()
            .filter(unit -> !named.contains(unit) && !named.contains(unit + ".service"))
            .filter(unit -> SystemdUnit.of(host, unit).running())
            .toList();
    return Stream.concat(named.stream(), more.stream()).toList();
  }

  Consumer<RunContext> prepare(Plan.Builder plan) {
    for (String unit : units) {
      if (!SystemdUnit.of(host, unit).exists()) {
        plan.refuse(
            Code.ETCD_CONFIG_UNSUPPORTED,
            "%s has no unit '%s' to restart.".formatted(host.name(), unit),
            "Name the units of this host with restarting(…).");
      }
      plan.change(change(unit));
    }
    return run -> units.forEach(unit -> run.change(change(unit), () -> restart(unit, run)));
  }

  private Change change(String unit) {
    return Change.of(
            "restart/" + unit + "@" + host.name(),
            "restart " + unit,
            host.name(),
            "knows the content before the restore",
            "reads it anew")
        .withoutUndo();
  }

  /**
   * Ends it at once: an API server that is asked to end waits a minute for requests which nobody
   * can answer any more, and it keeps no state that could be lost. A unit that does not run cannot
   * be killed, which is as good.
   */
  private void restart(String unit, RunContext run) {
    String before = Started.of(host, unit).id();
    host.run(Command.of("systemctl", "kill", "--signal=SIGKILL", unit).asRoot());
    HostFile.must(host, Command.of("systemctl", "restart", "--no-block", unit).asRoot());
    run.await(
        Wait.named("unit " + unit + " restarted on " + host.name(), LIMIT).every(PACE),
        () -> {
          Started now = Started.of(host, unit);
          if (now.id().equals(before)) {
            return Poll.notYet("it is " + now.activeState() + ", and was not restarted yet");
          }
          return now.activeState().equals("active")
              ? Poll.done(now.id())
              : Poll.notYet("it was restarted and is " + now.activeState());
        });
  }

  /**
   * The latest start of a unit.
   *
   * @param id another one after each start
   */
  private record Started(String id, String activeState) {

    static Started of(RemoteHost host, String unit) {
      String properties = "--property=InvocationID,ActiveEnterTimestampMonotonic,ActiveState";
      String shown = HostFile.must(host, Command.of("systemctl", "show", unit, properties)).out();
      String invocation = value(shown, "InvocationID");
      String since = value(shown, "ActiveEnterTimestampMonotonic");
      return new Started(invocation.isEmpty() ? since : invocation, value(shown, "ActiveState"));
    }

    private static String value(String shown, String property) {
      return shown
          .lines()
          .filter(line -> line.startsWith(property + "="))
          .map(line -> line.substring(property.length() + 1))
          .findFirst()
          .orElse("");
    }
  }
}
