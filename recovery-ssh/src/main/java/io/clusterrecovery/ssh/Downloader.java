package io.clusterrecovery.ssh;

import io.clusterrecovery.Code;
import io.clusterrecovery.OwnerOnly;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RemoteFile;
import io.clusterrecovery.TransferProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** Brings files from a host, through lost connections. */
final class Downloader {
  private static final long SPARE = 1 << 20;

  /** On a faster line, digesting meanwhile would slow the sending down. */
  private static final double FASTEST_TO_FOLLOW = 150e6;

  private final Runner runner;
  private final Scripts scripts;
  private final Failures failures;
  private final KnownDigests known;
  private final Duration patience;

  Downloader(
      Runner runner, Scripts scripts, Failures failures, KnownDigests known, Duration patience) {
    this.runner = runner;
    this.scripts = scripts;
    this.failures = failures;
    this.known = known;
    this.patience = patience;
  }

  RemoteFile download(String path, Path to, Consumer<TransferProgress> progress) {
    Path target = to.toAbsolutePath();
    RemoteSource source = RemoteSource.look(path, scripts, failures);
    RemoteDigest digest = new RemoteDigest(source, scripts, known);
    String name = path.substring(path.lastIndexOf('/') + 1);
    TransferWatch watch =
        new TransferWatch(name, source.size(), runner.clock(), failures, progress);
    try {
      String sha256 =
          isThere(target, source, digest) ? digest.get() : fetch(source, digest, target, watch);
      OwnerOnly.restrict(target);
      watch.tellEnd();
      return new RemoteFile(path, source.size(), sha256);
    } catch (IOException e) {
      throw localFailure(to, e);
    } catch (InterruptedException e) {
      throw failures.interrupted("downloading " + path, "nothing", e);
    }
  }

  private boolean isThere(Path target, RemoteSource source, RemoteDigest digest)
      throws IOException, InterruptedException {
    if (!Files.isRegularFile(target) || Files.size(target) != source.size()) {
      return false;
    }
    digest.start();
    return LocalFile.at(target, known, failures).sha256(failures).equals(digest.get());
  }

  private String fetch(RemoteSource source, RemoteDigest digest, Path target, TransferWatch watch)
      throws IOException, InterruptedException {
    try (Partial partial = Partial.open(target, source.key(), source.size())) {
      requireRoom(target, source.size() - partial.length());
      watch.tellStart();
      watch.begin(partial.length());
      try {
        fetchAll(source, partial, digest, watch);
      } catch (IOException e) {
        partial.drop();
        throw e;
      }
      String here = partial.sha256();
      String there = digestThere(digest);
      if (!here.equals(there)) {
        partial.drop();
        throw mismatch(source, here, there);
      }
      partial.moveTo(target);
      return here;
    }
  }

  private void fetchAll(
      RemoteSource source, Partial partial, RemoteDigest digest, TransferWatch watch)
      throws IOException {
    Fetching fetching = new Fetching(source, partial, watch, runner, scripts, failures);
    Retries retries = newRetries(source.path());
    while (partial.length() < source.size()) {
      if (fetching.speed().orElse(Double.MAX_VALUE) < FASTEST_TO_FOLLOW) {
        digest.start();
      }
      try {
        fetching.next();
      } catch (RecoveryException e) {
        retries.reached(partial.length());
        retry(retries, e);
      }
    }
  }

  private String digestThere(RemoteDigest digest) throws InterruptedException {
    Retries retries = newRetries(digest.path());
    while (true) {
      try {
        return digest.get();
      } catch (RecoveryException e) {
        retry(retries, e);
      }
    }
  }

  private static void retry(Retries retries, RecoveryException last) {
    if (!Retries.helpAgainst(last) || !retries.pause()) {
      throw last;
    }
  }

  private Retries newRetries(String path) {
    return new Retries("downloading " + path, runner.clock(), patience, failures);
  }

  private void requireRoom(Path target, long missing) throws IOException {
    Path folder = target.getParent();
    long room = Files.getFileStore(folder == null ? target : folder).getUsableSpace();
    if (room < missing + SPARE) {
      throw failures.refused(
          Code.DISK_FULL,
          "the local file %s needs %d bytes, and its file system has %d left."
              .formatted(target, missing + SPARE, room),
          "Make room here, then download it again.");
    }
  }

  private RecoveryException mismatch(RemoteSource source, String here, String there) {
    return there.isEmpty()
        ? Fetching.changed(source, failures)
        : failures.failed(
            Code.DIGEST_MISMATCH,
            "%s arrived as sha256 %s, on the host it is %s.".formatted(source.path(), here, there),
            "nothing",
            "Make sure that nothing writes to it meanwhile, then download it again.");
  }

  private RecoveryException localFailure(Path to, IOException e) {
    boolean full = String.valueOf(e.getMessage()).contains("No space left");
    return failures.failed(
        full ? Code.DISK_FULL : Code.UNEXPECTED,
        "the local file " + to + " could not be written: " + e + ".",
        "nothing: what had arrived was removed",
        "See to that, then download it again.",
        e);
  }
}
