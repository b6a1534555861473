package io.clusterrecovery.examples;

import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.DetachedCommand;
import io.clusterrecovery.RemoteFile;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.TransferProgress;
import io.clusterrecovery.Tunnel;
import io.clusterrecovery.Upload;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A host that is not there, and runs commands alone.
 *
 * @param commands what a command gives
 */
record DelayedHost(String name, Function<Command, CommandResult> commands) implements RemoteHost {

  @Override
  public CommandResult run(Command command) {
    return commands.apply(command);
  }

  @Override
  public DetachedCommand start(String job, Command command) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<DetachedCommand> find(String job) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<byte[]> read(String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public RemoteFile upload(Upload upload, Consumer<TransferProgress> progress) {
    throw new UnsupportedOperationException();
  }

  @Override
  public RemoteFile download(String path, Path to, Consumer<TransferProgress> progress) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Tunnel tunnel(String to, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
