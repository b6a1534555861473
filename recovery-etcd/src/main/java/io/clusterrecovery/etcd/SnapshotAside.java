package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.DetachedCommand;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RemoteFile;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Upload;
import io.clusterrecovery.etcd.RestoreMethod.Order;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Brings a snapshot to the host, and what restores it where the caller brings that along; restores
 * it beside etcd's data, which is not touched; and moves it in once etcd is stopped, however it is
 * run.
 */
final class SnapshotAside {
  private static final Duration LIMIT = Duration.ofMinutes(15);

  private final Order order;
  private final RestorePaths paths;
  private final HostFacts facts;
  private final Optional<UploadedTool> brought;
  private final RemoteHost host;

  /**
   * Readies it.
   *
   * @param facts what the host has
   * @param brought the caller's own {@code etcdutl}, which is used instead
   */
  SnapshotAside(Order order, RestorePaths paths, HostFacts facts, Optional<Path> brought) {
    this.order = order;
    this.paths = paths;
    this.facts = facts;
    this.brought = brought.map(file -> new UploadedTool(file, paths.tool()));
    this.host = order.host();
  }

  /** {@return what speaks against it} */
  List<Refusal> refusals() {
    List<Refusal> refusals =
        new ArrayList<>(RestoreRoom.refusals(host.name(), facts, order.snapshot()));
    brought
        .map(UploadedTool::refusals)
        .orElseGet(() -> RestoreRoom.toolRefusals(host.name(), facts.tool()))
        .forEach(refusals::add);
    return refusals;
  }

  /** {@return whether an earlier attempt of the run has moved it in already} */
  boolean inPlace() {
    return facts.hasMovedData() && facts.hasMember() && !facts.hasRestoredAside();
  }

  /**
   * {@return whether revisions are raised} What a tool that is brought along can do is known only
   * once it is on the host; until then it counts as one that cannot.
   */
  boolean raisesRevisions() {
    return brought.isEmpty() && facts.tool().raisesRevisions();
  }

  /** What the plan says of it. */
  void describe(Plan.Builder plan) {
    plan.fact(
        "restore tool", brought.map(t -> t.file() + ", brought along").orElse(facts.tool().path()));
    plan.fact("hash check", "by the digest of the copy on the host, not once more by the tool");
    if (!raisesRevisions()) {
      plan.note(
          (brought.isPresent()
                  ? "Whether the tool brought along can raise revisions is found out on the host;"
                      + " should it not, "
                  : "The restore tool cannot raise revisions, so ")
              + "watchers may have seen newer ones: restart API servers, controllers and kubelets"
              + " on all other hosts; on this one it is done.");
    }
  }

  /**
   * {@return the changes of the whole restore, in order}
   *
   * @param stopping those that stop etcd
   * @param start the one that starts it
   */
  List<Change> planned(List<Change> stopping, Change start) {
    if (inPlace()) {
      return List.of(start);
    }
    List<Change> all = new ArrayList<>();
    if (brought.isPresent()) {
      all.add(uploadTool());
    }
    all.addAll(List.of(upload(), restoreAside()));
    all.addAll(order.gate().changes());
    all.addAll(stopping);
    if (facts.hasMember()) {
      all.add(moveAside());
    }
    all.addAll(List.of(moveIn(), start));
    return all;
  }

  /** A tool that does not work on that host is found out before the snapshot is copied. */
  void restore(RunContext run) {
    RestoreTool tool = brought.map(its -> install(its, run)).orElseGet(facts::tool);
    order.gate().approach(run);
    run.change(upload(), () -> upload(order.snapshot(), host, paths.snapshot(), run));
    order.gate().approach(run);
    run.change(restoreAside(), () -> restore(tool, run));
    brought.ifPresent(its -> its.remove(host));
  }

  /** Moves the old data aside, if there is any, and what was restored to its place. */
  void moveIn(RunContext run) {
    if (facts.hasMember()) {
      run.change(moveAside(), () -> HostFile.must(host, RestoreScripts.moveAside(paths)));
    }
    run.change(moveIn(), () -> script(RestoreScripts.MOVE_IN));
  }

  /** {@return where the data is now, in words; looks at the host anew} */
  String whereDataIs() {
    return HostFacts.of(host, paths.dataDir(), "localhost", paths.runFolder()).whereDataIs(paths);
  }

  private RestoreTool install(UploadedTool its, RunContext run) {
    AtomicReference<RestoreTool> installed = new AtomicReference<>();
    run.change(uploadTool(), () -> installed.set(its.install(host, run)));
    RestoreTool tool = Objects.requireNonNull(installed.get());
    if (!tool.raisesRevisions()) {
      run.line("The tool brought along cannot raise revisions: restart whatever watches the API.");
    }
    return tool;
  }

  /** Copies a snapshot to a host; the copy is proven to be what was inspected. */
  static void upload(Snapshot snapshot, RemoteHost host, String to, RunContext run) {
    RemoteFile copy = host.upload(Upload.of(snapshot.file(), to), run::transferred);
    if (!copy.sha256().equals(snapshot.sha256())) {
      throw run.failure(
          Code.DIGEST_MISMATCH,
          "The snapshot on %s has sha256 %s, the one that was inspected has %s."
              .formatted(host.name(), copy.sha256(), snapshot.sha256()),
          "The file was changed since it was inspected; run the step again.",
          null);
    }
  }

  private void restore(RestoreTool tool, RunContext run) {
    String name = RestoreCommand.jobName(run.runId());
    host.find(name).filter(SnapshotAside::failed).ifPresent(DetachedCommand::remove);
    if (host.find(name).isEmpty()) {
      HostFile.must(host, Command.of("rm", "-rf", "--", paths.restored()).asRoot());
    }
    DetachedCommand job = host.start(name, RestoreCommand.of(order, tool, paths).limit(LIMIT));
    CommandResult result = job.follow(0, run.within(LIMIT), line -> run.line(line.text()));
    if (!result.succeeded()) {
      throw run.failure(
          Code.COMMAND_FAILED,
          "Restoring the snapshot aside failed on " + host.name() + ": " + result.summary() + ".",
          "etcd itself was not touched. Correct the cause, then run the step again.",
          null);
    }
    RestoredRevision.write(host, run.runId(), RestoredRevision.of(order, tool));
    job.remove();
    script(RestoreScripts.OWN);
  }

  private void script(String script) {
    HostFile.must(host, RestoreScripts.command(script, paths));
  }

  private static boolean failed(DetachedCommand job) {
    return job.result().filter(r -> !r.succeeded()).isPresent();
  }

  private Change uploadTool() {
    return change("copy-tool", "copy etcdutl", "not there", "there until it has restored");
  }

  private Change upload() {
    return change("copy-snapshot", "copy the snapshot", "not there", paths.shown().snapshot());
  }

  private Change restoreAside() {
    String to = paths.shown().restored();
    return change("restore-aside", "restore the snapshot aside", "not there", to);
  }

  private Change moveAside() {
    String to = paths.shown().oldData() + "-1";
    return change("move-aside", "move the old data aside", paths.dataDir() + "/member", to);
  }

  private Change moveIn() {
    String from = paths.shown().restored();
    return change("move-in", "move the restored data in", from, paths.dataDir() + "/member");
  }

  private Change change(String id, String what, String from, String to) {
    return Change.of("restore/" + id + "@" + host.name(), what, host.name(), from, to);
  }
}
