package io.clusterrecovery.ssh;

import io.clusterrecovery.Code;
import io.clusterrecovery.RemoteFile;
import io.clusterrecovery.TransferProgress;
import io.clusterrecovery.Upload;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends one file, as often as that takes. */
final class Delivery {
  private final Upload upload;
  private final LocalFile file;
  private final UploadTarget target;
  private final Runner runner;
  private final Scripts scripts;
  private final Failures failures;
  private final Consumer<TransferProgress> progress;
  private volatile long reached;
  private @Nullable PackSample sample;

  Delivery(
      Upload upload,
      LocalFile file,
      UploadTarget target,
      Runner runner,
      Scripts scripts,
      Failures failures,
      Consumer<TransferProgress> progress) {
    this.upload = upload;
    this.file = file;
    this.target = target;
    this.runner = runner;
    this.scripts = scripts;
    this.failures = failures;
    this.progress = progress;
  }

  /** {@return how much is known to have been on the host} */
  long reached() {
    return reached;
  }

  /** Tells that the file is there. */
  RemoteFile done() {
    newWatch().tellEnd();
    return there();
  }

  /** Sends what is missing and puts it in place; nothing if another upload has taken it up. */
  Optional<RemoteFile> send(UploadTarget.Found found) {
    TransferWatch watch = newWatch();
    watch.tellStart();
    LinkSpeed speed = new LinkSpeed();
    Replies replies = new Replies(reply -> hear(reply, speed, watch));
    String what = "uploading " + upload.from() + " to " + upload.to();
    PackSample packed = sample(found);
    Exec exec = runner.feedAsRoot(what, target.receive(), replies);
    Blocking.daemon(
        "ssh-upload-" + failures.host(), new Sending(file, packed, exec, watch, replies, speed));
    try {
      watch.untilEnd(exec, what);
    } finally {
      replies.end();
    }
    requireRight(replies, exec, what);
    if (!target.place(found, file.sha256(failures))) {
      return Optional.empty();
    }
    watch.tellEnd();
    return Optional.of(there());
  }

  private void hear(Reply reply, LinkSpeed speed, TransferWatch watch) {
    String got = reply.get("got");
    if (!got.isEmpty()) {
      long there = Long.parseLong(got);
      reached = Math.max(reached, there);
      speed.heard(there, System.nanoTime());
      if (there == file.size()) {
        watch.arrived();
        file.startDigest();
      }
    }
  }

  private PackSample sample(UploadTarget.Found found) {
    PackSample taken = sample;
    if (taken == null) {
      try {
        taken = PackSample.of(Packing.best(found.unpackers()), file.path(), found.kept());
      } catch (IOException e) {
        throw LocalFiles.unreadable(file.path(), "cannot be read: " + e, failures);
      }
      sample = taken;
    }
    return taken;
  }

  private void requireRight(Replies replies, Exec exec, String what) {
    Optional<String> digest = replies.get("sha256").filter(told -> isThere(replies));
    if (digest.isPresent()) {
      requireSame(digest.get());
      return;
    }
    if (!file.isUnchanged()) {
      target.drop();
      throw UploadProblem.changed(file, upload, failures);
    }
    if (exec.status() > 0) {
      runner.requireEnd(exec);
      throw scripts.unusable(what, exec);
    }
    if (replies.get("failed").isPresent()) {
      target.drop();
      // Should it be the unpacking that does not work there, the next try will.
      sample = PackSample.USELESS;
    }
    throw UploadProblem.whileSending(replies, exec, upload, failures);
  }

  private boolean isThere(Replies replies) {
    return replies.get("got").equals(Optional.of(Long.toString(file.size())));
  }

  private void requireSame(String there) {
    if (!there.equals(file.sha256(failures))) {
      target.drop();
      throw file.isUnchanged()
          ? UploadProblem.failed(
              Code.DIGEST_MISMATCH, "it arrived as sha256 " + there, upload, failures)
          : UploadProblem.changed(file, upload, failures);
    }
  }

  private RemoteFile there() {
    return new RemoteFile(upload.to(), file.size(), file.sha256(failures));
  }

  private TransferWatch newWatch() {
    String shown = String.valueOf(upload.from().getFileName());
    return new TransferWatch(shown, file.size(), runner.clock(), failures, progress);
  }
}
