package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.DetachedCommand;
import io.clusterrecovery.RemoteFile;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.TransferProgress;
import io.clusterrecovery.Tunnel;
import io.clusterrecovery.Upload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A host that answers what it was taught, and keeps what it was asked. */
final class RecordingHost implements RemoteHost {
  private final String name;
  private final Map<String, CommandResult> answers = new LinkedHashMap<>();
  private final List<String> forced = new ArrayList<>();
  private final Map<String, String> files = new LinkedHashMap<>();
  private final List<String> commands = Collections.synchronizedList(new ArrayList<>());
  private final List<String> changes = Collections.synchronizedList(new ArrayList<>());

  RecordingHost(String name) {
    this.name = name;
  }

  /** Teaches it to print something when a command holds the given words. */
  RecordingHost prints(String words, String out) {
    answers.put(words, new CommandResult(0, out, "", Duration.ZERO));
    return this;
  }

  RecordingHost forcing(String setter) {
    forced.add(setter);
    return this;
  }

  RecordingHost fails(String words, int status) {
    answers.put(words, new CommandResult(status, "", "no", Duration.ZERO));
    return this;
  }

  RecordingHost holds(String path, String content) {
    files.put(path, content);
    return this;
  }

  /** The commands it was given, as people read them. */
  List<String> commands() {
    return List.copyOf(commands);
  }

  /** What it was asked to do that is more than running a command. */
  List<String> changes() {
    return List.copyOf(changes);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> forced() {
    return List.copyOf(forced);
  }

  @Override
  public CommandResult run(Command command) {
    String text = whole(command);
    commands.add(text);
    return answers.entrySet().stream()
        .filter(answer -> text.contains(answer.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(new CommandResult(0, "", "", Duration.ZERO));
  }

  @Override
  public DetachedCommand start(String job, Command command) {
    throw changed("start " + job);
  }

  @Override
  public Optional<DetachedCommand> find(String job) {
    return Optional.empty();
  }

  @Override
  public Optional<byte[]> read(String path) {
    return Optional.ofNullable(files.get(path))
        .map(text -> text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Override
  public RemoteFile upload(Upload upload, Consumer<TransferProgress> progress) {
    throw changed("upload to " + upload.to());
  }

  @Override
  public RemoteFile download(String path, Path to, Consumer<TransferProgress> progress) {
    throw changed("download " + path);
  }

  @Override
  public Tunnel tunnel(String host, int port) {
    throw changed("tunnel to " + host);
  }

  @Override
  public void close() {
    changes.add("close");
  }

  /** A command with its scripts in full, which its own text shortens. */
  static String whole(Command command) {
    String sudo = command.user() == Command.RunAs.ROOT ? "sudo " : "";
    return sudo + String.join(" ", command.arguments());
  }

  private IllegalStateException changed(String what) {
    changes.add(what);
    return new IllegalStateException("not expected: " + what);
  }
}
