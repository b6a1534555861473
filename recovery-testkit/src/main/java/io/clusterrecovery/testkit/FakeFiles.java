package io.clusterrecovery.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteFile;
import io.clusterrecovery.TransferProgress;
import io.clusterrecovery.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The files of a fake host; folders are where a file is below. Thread-safe. */
final class FakeFiles {
  private static final int MOST_READ = 1 << 20;
  private static final String LOCK = "/var/lib/cluster-recovery/lock";

  private final String host;
  private final TreeMap<String, byte[]> files = new TreeMap<>();

  FakeFiles(String host) {
    this.host = host;
  }

  synchronized void put(String path, String content) {
    files.put(path, content.getBytes(UTF_8));
  }

  synchronized List<String> paths() {
    return List.copyOf(files.keySet());
  }

  synchronized Optional<byte[]> read(String path) {
    byte[] bytes = files.get(path);
    if (isFolder(path) || (bytes != null && bytes.length > MOST_READ)) {
      throw refused(Code.FILE_UNREADABLE, path + " is no regular file of 1 MiB or less.");
    }
    return Optional.ofNullable(bytes).map(byte[]::clone);
  }

  synchronized RemoteFile upload(Upload upload, Consumer<TransferProgress> progress) {
    if (isFolder(upload.to())) {
      throw refused(Code.FILE_UNWRITABLE, upload.to() + " is a folder.");
    }
    byte[] bytes = local(upload.from());
    progress.accept(done(upload.to(), bytes));
    files.put(upload.to(), bytes);
    return there(upload.to(), bytes);
  }

  synchronized RemoteFile download(String path, Path to, Consumer<TransferProgress> progress) {
    byte[] bytes = files.get(path);
    if (bytes == null) {
      throw refused(Code.FILE_UNREADABLE, path + " is no file.");
    }
    try {
      Path aside = Files.createTempFile(to.toAbsolutePath().getParent(), ".fake", "");
      Files.write(aside, bytes);
      Files.move(aside, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new RefusedException(
          new Refusal(Code.FILE_UNWRITABLE, to + " cannot be written.", "Name another file."), e);
    }
    progress.accept(done(path, bytes));
    return there(path, bytes);
  }

  /**
   * What the lock of a run says to being changed: expected text, wanted text and path come as
   * arguments, and exit status 10 tells that something else is there.
   */
  synchronized Optional<FakeAnswer> locked(Command command) {
    List<String> arguments = command.arguments();
    if (arguments.size() != 7 || !arguments.get(6).equals(LOCK)) {
      return Optional.empty();
    }
    String held = new String(files.getOrDefault(LOCK, new byte[0]), UTF_8);
    String wanted = arguments.get(5);
    if (!held.equals(arguments.get(4)) && !held.equals(wanted)) {
      return Optional.of(FakeAnswer.ended(10, held, ""));
    }
    files.remove(LOCK);
    if (!wanted.isEmpty()) {
      put(LOCK, wanted);
    }
    return Optional.of(FakeAnswer.ended(0, "", ""));
  }

  private boolean isFolder(String path) {
    String below = path.endsWith("/") ? path : path + "/";
    String next = files.ceilingKey(below);
    return next != null && next.startsWith(below);
  }

  private byte[] local(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new RefusedException(
          new Refusal(
              Code.FILE_UNREADABLE, "The local file " + file + " cannot be read.", "Look there."),
          e);
    }
  }

  private RefusedException refused(Code code, String found) {
    return new RefusedException(
        new Refusal(code, "On " + host + " " + found, "Look at the files that the test put there."),
        null);
  }

  private TransferProgress done(String path, byte[] bytes) {
    String file = path.substring(path.lastIndexOf('/') + 1);
    return new TransferProgress(file, host, bytes.length, bytes.length);
  }

  private static RemoteFile there(String path, byte[] bytes) {
    return new RemoteFile(path, bytes.length, TestDigests.sha256(bytes));
  }
}
