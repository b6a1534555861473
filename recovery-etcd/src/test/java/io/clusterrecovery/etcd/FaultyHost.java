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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A host to which something happens once, before or after the first command with given words. */
final class FaultyHost implements RemoteHost {
  private final RemoteHost host;
  private final String words;
  private final CrashingHost.When when;
  private final Runnable fault;
  private final AtomicBoolean happened = new AtomicBoolean();

  FaultyHost(RemoteHost host, String words, CrashingHost.When when, Runnable fault) {
    this.host = host;
    this.words = words;
    this.when = when;
    this.fault = fault;
  }

  @Override
  public String name() {
    return host.name();
  }

  @Override
  public List<String> forced() {
    return host.forced();
  }

  @Override
  public CommandResult run(Command command) {
    boolean now =
        RecordingHost.whole(command).contains(words) && happened.compareAndSet(false, true);
    if (now && when == CrashingHost.When.BEFORE) {
      fault.run();
    }
    CommandResult result = host.run(command);
    if (now && when == CrashingHost.When.AFTER) {
      fault.run();
    }
    return result;
  }

  @Override
  public DetachedCommand start(String name, Command command) {
    return host.start(name, command);
  }

  @Override
  public Optional<DetachedCommand> find(String name) {
    return host.find(name);
  }

  @Override
  public Optional<byte[]> read(String path) {
    return host.read(path);
  }

  @Override
  public RemoteFile upload(Upload upload, Consumer<TransferProgress> progress) {
    return host.upload(upload, progress);
  }

  @Override
  public RemoteFile download(String path, Path to, Consumer<TransferProgress> progress) {
    return host.download(path, to, progress);
  }

  @Override
  public Tunnel tunnel(String to, int port) {
    return host.tunnel(to, port);
  }

  @Override
  public void close() {
    host.close();
  }
}
