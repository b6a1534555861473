package io.clusterrecovery.ssh;

import io.clusterrecovery.Clock;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.DetachedCommand;
import io.clusterrecovery.PrintedLine;
import io.clusterrecovery.RemoteFile;
import io.clusterrecovery.Secret;
import io.clusterrecovery.TransferProgress;
import io.clusterrecovery.Upload;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is done on a host by commands alone, however they get there. */
final class Operations {
  private final Runner runner;
  private final Reconnecting reconnecting;
  private final Scripts scripts;
  private final Jobs jobs;
  private final Failures failures;

  Operations(
      Shell shell,
      @Nullable Secret sudoPassword,
      Clock clock,
      Reconnecting reconnecting,
      Failures failures) {
    Starter starter = new Starter(shell, sudoPassword, clock, failures);
    this.runner = new Runner(starter, clock, failures);
    this.reconnecting = reconnecting;
    this.scripts = new Scripts(runner, reconnecting, failures);
    this.jobs = new Jobs(runner, scripts, failures);
    this.failures = failures;
  }

  CommandResult run(Command command) {
    return reconnecting.starting(command.toString(), () -> runner.run(command)).toResult();
  }

  CommandResult run(Command command, Consumer<PrintedLine> lines) {
    return reconnecting.starting(command.toString(), () -> runner.run(command, lines)).toResult();
  }

  DetachedCommand start(String name, Command command) {
    return jobs.start(name, command);
  }

  Optional<DetachedCommand> find(String name) {
    return jobs.find(name);
  }

  Optional<byte[]> read(String path) {
    return new SmallFile(scripts, failures).read(path);
  }

  RemoteFile upload(Upload upload, Consumer<TransferProgress> progress) {
    return new Uploader(runner, scripts, failures, KnownDigests.ofUser(), reconnecting.limit())
        .upload(upload, progress);
  }

  RemoteFile download(String path, Path to, Consumer<TransferProgress> progress) {
    return new Downloader(runner, scripts, failures, KnownDigests.ofUser(), reconnecting.limit())
        .download(path, to, progress);
  }
}
