package io.clusterrecovery.etcd;

import static io.clusterrecovery.etcd.OpenShift41Move.RUN_SCRIPT;

import io.clusterrecovery.Change;
import io.clusterrecovery.Command;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Secret;
import io.clusterrecovery.etcd.RestoreMethod.Order;
import io.clusterrecovery.etcd.RestoreMethod.Restoration;
import io.clusterrecovery.etcd.StaticPodProcesses.PodProcess;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** A restore on a master of OpenShift 4.1, by its own script. */
final class OpenShift41Restore implements Restoration {
  private final Order order;
  private final OpenShift41Facts facts;
  private final OpenShift41Proxy proxy;
  private final RestoreScriptJob job;
  private final List<OpenShift41Move> moves;
  private final boolean inPlace;
  private final OpenShift41Changes changes;
  private final RemoteHost host;
  private final String runFolder;

  private OpenShift41Restore(
      Order order,
      OpenShift41Facts facts,
      OpenShift41Proxy proxy,
      RestoreScriptJob job,
      String runFolder) {
    this.order = order;
    this.facts = facts;
    this.proxy = proxy;
    this.job = job;
    this.host = order.host();
    this.runFolder = runFolder;
    RestoreScriptJob.Seen seen = job.look();
    this.moves = OpenShift41Move.left(facts, seen.state(), seen.stage());
    this.inPlace = OpenShift41Move.isInPlace(facts, seen.state(), seen.stage());
    this.changes = new OpenShift41Changes(host.name());
  }

  static Restoration prepare(
      Order order,
      Function<OpenShift41Facts, OpenShift41Proxy> proxy,
      Duration limit,
      RunContext run,
      Plan.Builder plan) {
    String runFolder = RestoreRecord.folder(run.runId());
    OpenShift41Facts facts = OpenShift41Facts.of(order.host(), runFolder);
    RestoreScriptJob job = RestoreScriptJob.of(order.host(), run.runId(), limit);
    OpenShift41Restore restore =
        new OpenShift41Restore(order, facts, proxy.apply(facts), job, runFolder);
    if (!restore.inPlace) {
      restore.refuse(plan);
    }
    restore.describe(plan);
    return restore;
  }

  private void refuse(Plan.Builder plan) {
    OpenShift41Rules.refusals(
            host.name(), facts, order.memberName(), order.peerUrl(), order.snapshot().size())
        .forEach(plan::refuse);
    if (facts.hasScript() && facts.missing().isEmpty()) {
      EtcdDownload.refusals(host, facts.release(), proxy).forEach(plan::refuse);
    }
  }

  private void describe(Plan.Builder plan) {
    plan.fact("script", OpenShift41Scripts.RESTORE + ", in " + OpenShift41.HOME);
    plan.fact("member, by the host", facts.name() + "=" + OpenShift41Rules.peerUrl(facts));
    proxy.describe("proxy", plan);
    moves.forEach(move -> describe(move, plan));
    List<String> forgotten =
        facts.leftovers().keySet().stream()
            .filter(name -> !OpenShift41Move.toPutBack(facts).contains(name))
            .filter(name -> !facts.manifests().containsKey(name))
            .toList();
    if (!inPlace && !forgotten.isEmpty()) {
      plan.note(
          "Left by an earlier run of the script, kept aside and not started: "
              + String.join(", ", forgotten));
    }
    plan.note(
        "All containers of %s stop, those of workloads too; the API is back up to 15 minutes later."
            .formatted(host.name()));
    plan.note(
        "The script cannot raise revisions, so watchers may have seen newer ones: restart API"
            + " servers, controllers and kubelets on all other hosts; on this one it is done.");
  }

  private void describe(OpenShift41Move move, Plan.Builder plan) {
    if (move == RUN_SCRIPT && !inPlace) {
      order.gate().changes().forEach(plan::change);
    }
    plan.change(change(move));
    if (move == RUN_SCRIPT) {
      plan.change(changes.help());
    }
  }

  @Override
  public boolean inPlace() {
    return inPlace;
  }

  /** A container runs without quorum as well as with it, so its running says nothing. */
  @Override
  public boolean serving() {
    return false;
  }

  @Override
  public void carryOut(RunContext run) {
    for (OpenShift41Move move : moves) {
      switch (move) {
        case RUN_SCRIPT -> runScript(run);
        case UPLOAD -> upload(run);
        case KEEP -> {
          requireAsWanted(run);
          run.change(change(move), this::keep);
        }
        default -> run.change(change(move), () -> act(move));
      }
    }
  }

  private void act(OpenShift41Move move) {
    switch (move) {
      case PUT_MANIFESTS_BACK -> putBack(OpenShift41Move.toPutBack(facts));
      case TAKE_COPY_IN -> script(OpenShift41HostScripts.TAKE_COPY_IN, runFolder + "/etcd-data-1");
      case ARCHIVE_ASSETS -> script(OpenShift41HostScripts.ARCHIVE, runFolder + "/assets-before");
      case END_ETCD -> script(OpenShift41HostScripts.END_ETCD);
      case PUT_RIGHT -> putRight();
      default -> throw new IllegalStateException(move + " is no single act");
    }
  }

  private void upload(RunContext run) {
    order.gate().approach(run);
    String to = runFolder + "/snapshot.db";
    run.change(
        change(OpenShift41Move.UPLOAD),
        () -> SnapshotAside.upload(order.snapshot(), host, to, run));
    order.gate().approach(run);
  }

  private void runScript(RunContext run) {
    if (!inPlace) {
      script(OpenShift41HostScripts.NOTE_MANIFESTS, runFolder + "/manifests-before");
      HostFile.must(host, RestoreScripts.noteUnit("kubelet", runFolder + "/unit-was"));
      RestoredRevision.write(host, run.runId(), order.snapshot().contents().revision());
      order.gate().pass(run);
      String variables = runFolder + "/proxy";
      Secret assignments = proxy.assignments();
      if (assignments.reveal().length > 0) {
        HostFile.write(host, variables, assignments);
      }
      String member = facts.name() + "=" + OpenShift41Rules.peerUrl(facts);
      Command command =
          Command.of(
                  "sh",
                  "-c",
                  OpenShift41HostScripts.RUN,
                  "sh",
                  variables,
                  runFolder + "/snapshot.db",
                  member)
              .asRoot();
      run.change(change(RUN_SCRIPT), () -> job.start(command));
    }
    RestoreScriptCheck.requireEnded(job.follow(() -> help(run), run), run);
  }

  private void help(RunContext run) {
    run.change(changes.help(), () -> script(OpenShift41HostScripts.END_ETCD));
  }

  private void putRight() {
    putBack(facts.leftovers().keySet().stream().filter(facts.lacking()::contains).toList());
    script(OpenShift41HostScripts.START_KUBELET);
  }

  private void putBack(List<String> names) {
    script(OpenShift41HostScripts.PUT_BACK, names.toArray(String[]::new));
  }

  /** Also of a script that has ended while nobody looked. */
  private void requireAsWanted(RunContext run) {
    new RestoreScriptCheck(host, runFolder, order.snapshot())
        .requireAsWanted(job.look().output(), run);
  }

  private void keep() {
    script(OpenShift41HostScripts.TAKE_COPY_IN, runFolder + "/etcd-data-1");
    script(OpenShift41HostScripts.NOTE_NONE, runFolder + "/etcd-data-1");
    script(OpenShift41HostScripts.ARCHIVE, runFolder + "/assets");
    script(OpenShift41HostScripts.MARK, runFolder + "/script-complete");
    job.forget();
  }

  @Override
  public List<String> logged(List<String> phrases) {
    String lines = String.join("\n", phrases);
    return StaticPodProcesses.on(host).all().stream()
        .filter(OpenShift41Restore::isEtcd)
        .findFirst()
        .map(
            etcd ->
                Command.of("sh", "-c", StaticPodScripts.LOGGED, "sh", etcd.container(), lines)
                    .asRoot())
        .map(command -> HostFile.must(host, command).out().lines().toList())
        .orElse(List.of());
  }

  private static boolean isEtcd(PodProcess process) {
    return process.command().get(0).endsWith("etcd");
  }

  @Override
  public String state() {
    return OpenShift41State.of(OpenShift41Facts.of(host, runFolder), job.look());
  }

  private Change change(OpenShift41Move move) {
    return changes.of(move, OpenShift41Move.toPutBack(facts));
  }

  private void script(String script, String... arguments) {
    OpenShift41HostScripts.run(host, script, arguments);
  }
}
