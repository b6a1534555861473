package io.clusterrecovery.ssh;

import io.clusterrecovery.Code;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RemoteFile;
import io.clusterrecovery.TransferProgress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.UUID;
import java.util.function.Consumer;

/** Brings files from a host. */
final class Downloader {
  private final Runner runner;
  private final Scripts scripts;
  private final Failures failures;

  Downloader(Runner runner, Scripts scripts, Failures failures) {
    this.runner = runner;
    this.scripts = scripts;
    this.failures = failures;
  }

  RemoteFile download(String path, Path to, Consumer<TransferProgress> progress) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    TransferWatch watch = new TransferWatch(name, -1, runner.clock(), failures, progress);
    Path target = to.toAbsolutePath();
    Path side = target.resolveSibling("." + to.getFileName() + ".part-" + UUID.randomUUID());
    try {
      RemoteFile file = receive(path, side, watch);
      Files.move(side, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      watch.tellEnd();
      return file;
    } catch (IOException e) {
      throw localFailure(to, e);
    } finally {
      Quietly.close(() -> Files.deleteIfExists(side));
    }
  }

  private RemoteFile receive(String path, Path side, TransferWatch watch) throws IOException {
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var options = EnumSet.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    try (SideDigest digest = new SideDigest();
        FileChannel out = FileChannel.open(side, options, mode)) {
      Incoming incoming = new Incoming(out, digest, watch);
      long size = fetch(path, incoming, watch);
      String local = digest.finish();
      if (!local.equals(incoming.trailer())) {
        throw mismatch(path, local, incoming.trailer());
      }
      out.force(true);
      return new RemoteFile(path, size, local);
    } catch (InterruptedException e) {
      throw failures.interrupted("downloading " + path, "nothing", e);
    }
  }

  private long fetch(String path, Incoming incoming, TransferWatch watch) throws IOException {
    String what = "downloading " + path;
    Exec exec = runner.startAsRoot(what, Script.SEND.with(path), incoming);
    watch.untilEnd(exec, what);
    IOException local = incoming.failure();
    if (local != null) {
      throw local;
    }
    runner.requireEnd(exec);
    Reply reply = incoming.reply().orElseThrow(() -> scripts.unusable(what, exec));
    if (!reply.get("kind").equals("file")) {
      throw failures.refused(
          Code.FILE_UNREADABLE,
          path + (reply.get("kind").equals("absent") ? " is not there." : " is no regular file."),
          "Name a file that is there.");
    }
    return reply.number("size");
  }

  private RecoveryException mismatch(String path, String here, String there) {
    return failures.failed(
        Code.DIGEST_MISMATCH,
        "%s arrived as sha256 %s, on the host it is %s."
            .formatted(path, here, there.isEmpty() ? "unknown" : there),
        "nothing",
        "Make sure that nothing writes to it meanwhile, then download it again.");
  }

  private RecoveryException localFailure(Path to, IOException e) {
    return failures.failed(
        Code.UNEXPECTED,
        "the local file " + to + " could not be written: " + e + ".",
        "nothing: what had arrived was removed",
        "See to that, then download it again.",
        e);
  }
}
