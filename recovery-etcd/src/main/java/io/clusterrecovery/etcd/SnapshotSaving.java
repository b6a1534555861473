package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.OwnerOnly;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Takes a snapshot into a file: aside, verified, then renamed. */
final class SnapshotSaving {
  private static final Duration STALLED = Duration.ofSeconds(30);
  private static final int BUFFER = 1 << 20;

  private final EtcdCluster cluster;
  private final Path file;

  private SnapshotSaving(EtcdCluster cluster, Path file) {
    this.cluster = cluster;
    this.file = file.toAbsolutePath();
  }

  static Snapshot of(EtcdCluster cluster, Path file) {
    return new SnapshotSaving(cluster, file).save();
  }

  private Snapshot save() {
    if (Files.exists(file)) {
      throw refused(
          Code.FILE_UNWRITABLE, "it is there already", "Name a file that is not there yet.", null);
    }
    try {
      return savedAside();
    } catch (IOException e) {
      throw refused(
          Code.FILE_UNWRITABLE,
          "it cannot be written: " + e,
          "Correct the path or its permissions, or make room.",
          e);
    }
  }

  private Snapshot savedAside() throws IOException {
    Path aside =
        Files.createTempFile(folder(), "." + file.getFileName(), ".part", OwnerOnly.file(file));
    try {
      write(aside);
      Snapshot saved = Snapshot.inspect(aside);
      if (saved.checksum() == Snapshot.Checksum.ABSENT) {
        throw refused(
            Code.SNAPSHOT_TRUNCATED,
            "what etcd sent has no checksum at its end",
            "Run it again; read etcd's log.",
            null);
      }
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
      return new Snapshot(file, saved.size(), saved.sha256(), saved.checksum(), saved.contents());
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  private void write(Path aside) throws IOException {
    try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE);
        EtcdClient client = cluster.connect(cluster.endpoints().get(0))) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
      client.saveSnapshot(out, STALLED);
      out.flush();
      channel.force(true);
    } catch (EtcdCallException e) {
      throw unsaved(e);
    }
  }

  private RefusedException unsaved(EtcdCallException e) {
    String found = "etcd did not give it: " + e.getMessage();
    if (Thread.currentThread().isInterrupted()) {
      return refused(Code.INTERRUPTED, found, "Run it again when you are ready.", e);
    }
    return e.kind() == EtcdCallException.Kind.ACCESS_DENIED
        ? refused(Code.ETCD_ACCESS_DENIED, found, "Check the certificates, and etcd's user.", e)
        : refused(Code.ETCD_UNREACHABLE, found, "Check the endpoint; read etcd's log.", e);
  }

  private Path folder() {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }

  private RefusedException refused(
      Code code, String found, String next, @org.jspecify.annotations.Nullable Exception cause) {
    return new RefusedException(
        new Refusal(code, "The snapshot %s was not saved: %s.".formatted(file, found), next),
        cause);
  }
}
