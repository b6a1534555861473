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
import java.util.function.Supplier;

/**
 * A host beside which this program dies, or something else happens, before or after each call that
 * has given words.
 */
final class CrashingHost implements RemoteHost {
  private final RemoteHost host;
  private final String words;
  private final When when;
  private final Runnable fault;

  /** When it dies. */
  enum When {
    BEFORE,
    AFTER
  }

  /** The end of the program, which no code expects. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash(String at) {
      super(at);
    }
  }

  CrashingHost(RemoteHost host, String words, When when) {
    this(
        host,
        words,
        when,
        () -> {
          throw new Crash("died %s '%s'".formatted(when, words));
        });
  }

  CrashingHost(RemoteHost host, String words, When when, Runnable fault) {
    this.host = host;
    this.words = words;
    this.when = when;
    this.fault = fault;
  }

  /** A host beside which something happens the first time alone. */
  static CrashingHost once(RemoteHost host, String words, When when, Runnable fault) {
    AtomicBoolean happened = new AtomicBoolean();
    return new CrashingHost(
        host,
        words,
        when,
        () -> {
          if (happened.compareAndSet(false, true)) {
            fault.run();
          }
        });
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
    return crashing(RecordingHost.whole(command), () -> host.run(command));
  }

  @Override
  public DetachedCommand start(String name, Command command) {
    return crashing("start " + name, () -> host.start(name, command));
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
    return crashing("upload " + upload.to(), () -> host.upload(upload, progress));
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

  private <T> T crashing(String call, Supplier<T> does) {
    if (!call.contains(words)) {
      return does.get();
    }
    if (when == When.BEFORE) {
      fault.run();
      return does.get();
    }
    T done = does.get();
    fault.run();
    return done;
  }
}
