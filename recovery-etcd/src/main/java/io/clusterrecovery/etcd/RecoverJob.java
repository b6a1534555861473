package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.DetachedCommand;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@code etcd-member-recover.sh} as it runs on a host by itself, found again by the member's name.
 *
 * @param host the host
 * @param member the member's name
 */
record RecoverJob(RemoteHost host, String member) {
  /** Arguments: a file with the proxy's variables, if there is one; address; the member's name. */
  private static final String RUN =
      """
      set -eu
      if [ -e "$1" ]; then . "$1"; rm -f -- "$1"; fi
      exec /usr/local/bin/etcd-member-recover.sh "$2" "$3"
      """;

  /**
   * How a run of it ended.
   *
   * @param result its exit status, which tells little
   * @param output how far it has come
   */
  record Ended(CommandResult result, RecoverOutput output) {}

  boolean exists() {
    return host.find(name()).isPresent();
  }

  boolean runs() {
    return host.find(name()).filter(job -> job.result().isEmpty()).isPresent();
  }

  /** Starts it anew, unless it runs; what is secret of the proxy is in no argument. */
  void start(RecoverOrder order, String runFolder, RunContext run) {
    if (runs()) {
      return;
    }
    host.find(name()).ifPresent(DetachedCommand::remove);
    String variables = variables(runFolder);
    if (order.proxy().reveal().length > 0) {
      HostFile.write(host, variables, order.proxy());
    }
    Command command =
        Command.of("sh", "-c", RUN, "sh", variables, order.address(), member)
            .in(OpenShift41.HOME)
            .asRoot();
    for (Map.Entry<String, String> variable : order.images(run).entrySet()) {
      command = command.env(variable.getKey(), variable.getValue());
    }
    host.start(name(), command);
  }

  /** Follows it from its beginning to its end; empty if there is none. */
  Optional<Ended> follow(Duration limit, Consumer<String> lines) {
    Optional<DetachedCommand> job = host.find(name());
    if (job.isEmpty()) {
      return Optional.empty();
    }
    RecoverOutput[] output = {RecoverOutput.NOTHING};
    CommandResult result =
        job.get()
            .follow(
                0,
                limit,
                line -> {
                  output[0] = output[0].after(line.text());
                  lines.accept(line.text());
                });
    return Optional.of(new Ended(result, output[0]));
  }

  /** Ends it, whatever it does; that it ran is still known. */
  void end() {
    host.find(name()).ifPresent(DetachedCommand::stop);
  }

  /** Ends it, whatever it does, and forgets it, with what it may not have come to read. */
  void stop(String runFolder) {
    RestoreCommand.end(host, name());
    HostFile.must(host, Command.of("rm", "-f", "--", variables(runFolder)).asRoot());
  }

  private String variables(String runFolder) {
    return runFolder + "/" + name() + "-proxy";
  }

  private String name() {
    return "etcd-member-recover-" + member.replaceAll("[^a-zA-Z0-9._-]", "_");
  }
}
