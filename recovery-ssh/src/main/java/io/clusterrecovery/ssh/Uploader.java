package io.clusterrecovery.ssh;

import io.clusterrecovery.Code;
import io.clusterrecovery.RemoteFile;
import io.clusterrecovery.TransferProgress;
import io.clusterrecovery.Upload;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Brings files to a host. */
final class Uploader {
  private static final long SPARE = 1 << 20;
  private static final Duration OWN_LIMIT = Duration.ofSeconds(30);

  private final Runner runner;
  private final Scripts scripts;
  private final Failures failures;

  Uploader(Runner runner, Scripts scripts, Failures failures) {
    this.runner = runner;
    this.scripts = scripts;
    this.failures = failures;
  }

  RemoteFile upload(Upload upload, Consumer<TransferProgress> progress) {
    long size = LocalFiles.size(upload.from(), failures);
    String shown = String.valueOf(upload.from().getFileName());
    TransferWatch watch = new TransferWatch(shown, size, runner.clock(), failures, progress);
    Reply there = examine(upload, size);
    String digest = there.get("sha256");
    if (!digest.isEmpty() && digest.equals(LocalFiles.sha256(upload.from(), failures))) {
      own(upload);
    } else {
      requireRoom(upload, size, there.number("room"));
      watch.tellStart();
      digest = send(upload, size, watch);
    }
    watch.tellEnd();
    return new RemoteFile(upload.to(), size, digest);
  }

  private Reply examine(Upload upload, long size) {
    Reply there =
        scripts.ask(
            "looking at " + upload.to(),
            Script.EXAMINE,
            TransferWatch.digestLimit(size),
            upload.to(),
            Long.toString(size),
            upload.owner());
    UploadProblem.ofPlace(there, upload, failures)
        .ifPresent(
            refused -> {
              throw refused;
            });
    return there;
  }

  private void requireRoom(Upload upload, long size, long room) {
    if (room < size + SPARE) {
      throw failures.refused(
          Code.DISK_FULL,
          "%s needs %d bytes, and its file system has %d left."
              .formatted(upload.to(), size + SPARE, room),
          "Make room there, then upload it again.");
    }
  }

  private void own(Upload upload) {
    String what = "setting mode and owner of " + upload.to();
    scripts.ask(what, Script.OWN, OWN_LIMIT, upload.to(), upload.mode(), upload.owner());
  }

  private String send(Upload upload, long size, TransferWatch watch) {
    String what = "uploading " + upload.from() + " to " + upload.to();
    List<String> receive =
        Script.RECEIVE.with(upload.to(), Long.toString(size), upload.mode(), upload.owner());
    Tail out = new Tail();
    Exec exec = runner.feedAsRoot(what, receive, out);
    Sending sending = new Sending(upload.from(), size, exec, watch);
    Blocking.daemon("upload-to-" + failures.host(), sending);
    watch.untilEnd(exec, what);
    return Reply.parse(out.bytes().array())
        .map(reply -> UploadProblem.orDigest(reply, upload, failures))
        .orElseThrow(() -> noReply(upload, what, exec, sending));
  }

  private RuntimeException noReply(Upload upload, String what, Exec exec, Sending sending) {
    if (exec.status() < 0) {
      return UploadProblem.broken(upload, sending.failure(), failures);
    }
    runner.requireEnd(exec);
    return scripts.unusable(what, exec);
  }
}
