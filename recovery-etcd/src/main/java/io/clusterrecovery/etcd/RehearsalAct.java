package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Upload;
import io.clusterrecovery.etcd.RehearsalLook.Folder;
import io.clusterrecovery.etcd.RehearsedEtcd.Served;
import io.clusterrecovery.etcd.SnapshotRehearsal.Brought;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Carries a rehearsal out. */
final class RehearsalAct {
  private static final Duration RESTORE_LIMIT = Duration.ofMinutes(15);

  private final RemoteHost host;
  private final Snapshot snapshot;
  private final RehearsalLook look;
  private final Brought brought;
  private final RunContext run;
  private final RehearsalFolder folder;
  private final RehearsalChanges changes;

  RehearsalAct(
      RemoteHost host, Snapshot snapshot, RehearsalLook look, Brought brought, RunContext run) {
    this.host = host;
    this.snapshot = snapshot;
    this.look = look;
    this.brought = brought;
    this.run = run;
    this.folder = new RehearsalFolder(host);
    this.changes = new RehearsalChanges(host.name());
  }

  /** Whatever becomes of it, nothing of it stays. */
  RehearsalResult result(Duration healthyLimit) {
    Duration start = run.clock().elapsed();
    RehearsalResult proven;
    try {
      proven = proven(healthyLimit);
    } catch (RuntimeException e) {
      removeAfter(e);
      throw e;
    }
    folder.remove(run);
    Duration took = run.clock().elapsed().minus(start);
    return new RehearsalResult(
        proven.revision(), proven.keys(), took, proven.tool(), proven.server());
  }

  private void removeAfter(RuntimeException failure) {
    try {
      folder.remove(run);
    } catch (RecoveryException e) {
      run.line("%s could not be removed: %s".formatted(RehearsalFolder.PATH, e.found()));
      failure.addSuppressed(e);
    }
  }

  private RehearsalResult proven(Duration healthyLimit) {
    if (look.folder() == Folder.LEFT) {
      run.change(changes.clean(), folder::clean);
    }
    run.change(changes.upload(), this::upload);
    RestoreTool tool = tool();
    bringServer();
    run.change(changes.restore(), () -> restore(tool));
    try (RehearsalKeys keys = RehearsalKeys.make()) {
      RehearsedEtcd etcd = new RehearsedEtcd(host, keys);
      run.change(changes.start(), etcd::start);
      Served served = etcd.served(snapshot.contents().revision(), healthyLimit, run);
      requireSame(served);
      return new RehearsalResult(
          served.revision(),
          served.keys(),
          Duration.ZERO,
          firstLine(tool.path(), "version"),
          firstLine(RehearsalFolder.ETCD, "--version"));
    }
  }

  /** A lease that has run out raises the revision, so a later one is as good. */
  private void requireSame(Served served) {
    SnapshotContents wanted = snapshot.contents();
    if (served.revision() < wanted.revision() || served.keys() != wanted.servedKeys()) {
      throw run.failure(
          Code.VERIFICATION_FAILED,
          "etcd has come to revision %d and %d keys, the snapshot to revision %d and %d keys."
              .formatted(served.revision(), served.keys(), wanted.revision(), wanted.servedKeys()),
          "Don't rely on this snapshot; see whether another one is served as it should be.",
          null);
    }
  }

  private void upload() {
    folder.claim(run.runId());
    SnapshotAside.upload(snapshot, host, RehearsalFolder.SNAPSHOT, run);
  }

  private void bringServer() {
    if (brought.etcd().isEmpty()) {
      String copy = "umask 077 && cp -- \"$1\" \"$2\" && chmod 0700 \"$2\"";
      HostFile.must(
          host, Command.of("sh", "-c", copy, "sh", look.etcd(), RehearsalFolder.ETCD).asRoot());
      return;
    }
    Upload program = Upload.of(brought.etcd().get(), RehearsalFolder.ETCD).mode("0700");
    run.change(changes.uploadServer(), () -> host.upload(program, run::transferred));
  }

  private RestoreTool tool() {
    if (brought.etcdutl().isEmpty()) {
      return look.tool();
    }
    RestoreTool[] installed = new RestoreTool[1];
    UploadedTool upload = new UploadedTool(brought.etcdutl().get(), RehearsalFolder.TOOL);
    run.change(changes.uploadTool(), () -> installed[0] = upload.install(host, run));
    return installed[0];
  }

  private void restore(RestoreTool tool) {
    List<String> arguments =
        new ArrayList<>(
            RestoreCommand.ofOneMember(
                RehearsalFolder.SNAPSHOT,
                RehearsedEtcd.NAME,
                RehearsedEtcd.NOWHERE,
                "rehearsal-" + run.runId(),
                RehearsalFolder.DATA));
    if (snapshot.checksum() == Snapshot.Checksum.ABSENT) {
      arguments.add("--skip-hash-check");
    }
    CommandResult result =
        host.start(RehearsalFolder.RESTORE_JOB, RestoreCommand.of(tool, arguments))
            .follow(0, run.within(RESTORE_LIMIT), line -> run.line(line.text()));
    if (!result.succeeded()) {
      throw run.failure(
          Code.COMMAND_FAILED,
          "The snapshot cannot be restored on %s: %s.".formatted(host.name(), result.summary()),
          "Read the tool's words; its version may not fit, or the snapshot cannot be used.",
          null);
    }
  }

  private String firstLine(String program, String argument) {
    Command asked = Command.of(program, argument).asRoot().env("ETCDCTL_API", "3");
    return HostFile.must(host, asked).out().lines().findFirst().orElse("unknown").strip();
  }
}
