package io.clusterrecovery.ssh;

import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RemoteFile;
import io.clusterrecovery.TransferProgress;
import io.clusterrecovery.Upload;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Brings files to a host, through lost connections. */
final class Uploader {
  /** Less is there as soon as this process is warm. */
  private static final long LEAST_TO_WARM_UP = 8 << 20;

  private final Runner runner;
  private final Scripts scripts;
  private final Failures failures;
  private final KnownDigests known;
  private final Duration patience;

  Uploader(
      Runner runner, Scripts scripts, Failures failures, KnownDigests known, Duration patience) {
    this.runner = runner;
    this.scripts = scripts;
    this.failures = failures;
    this.known = known;
    this.patience = patience;
  }

  RemoteFile upload(Upload upload, Consumer<TransferProgress> progress) {
    LocalFile file = LocalFile.at(upload.from(), known, failures);
    if (file.size() >= LEAST_TO_WARM_UP) {
      runner.expectMuch();
    }
    UploadTarget target = new UploadTarget(upload, file, scripts, known, failures);
    Delivery delivery = new Delivery(upload, file, target, runner, scripts, failures, progress);
    UploadTarget.Found found = target.look();
    Retries retries = new Retries("uploading " + upload.from(), runner.clock(), patience, failures);
    while (true) {
      RecoveryException last;
      try {
        Optional<RemoteFile> there = round(target, delivery, found);
        if (there.isPresent()) {
          return there.get();
        }
        last = UploadProblem.broken(upload, null, failures);
      } catch (RecoveryException e) {
        last = e;
      }
      found = lookAgain(retries, target, delivery, upload, last);
    }
  }

  /** One try; nothing if it is to be tried again. */
  private Optional<RemoteFile> round(
      UploadTarget target, Delivery delivery, UploadTarget.Found found) {
    if (target.holdsTheFile(found)) {
      return Optional.of(delivery.done());
    }
    target.requireRoom(found);
    return delivery.send(found);
  }

  private UploadTarget.Found lookAgain(
      Retries retries,
      UploadTarget target,
      Delivery delivery,
      Upload upload,
      RecoveryException first) {
    RecoveryException last = first;
    while (true) {
      if (!Retries.helpAgainst(last)) {
        throw last;
      }
      retries.reached(delivery.reached());
      if (!retries.pause()) {
        throw UploadProblem.broken(upload, last, failures);
      }
      try {
        return target.look();
      } catch (RecoveryException e) {
        last = e;
      }
    }
  }
}
