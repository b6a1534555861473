package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.DetachedCommand;
import io.clusterrecovery.RemoteHost;
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

  /** Starts it anew, unless it runs. */
  void start(String signer, Map<String, String> exported) {
    if (runs()) {
      return;
    }
    host.find(name()).ifPresent(DetachedCommand::remove);
    Command command = Command.of(RecoverHost.SCRIPT, signer, member).in(OpenShift41.HOME).asRoot();
    for (Map.Entry<String, String> variable : exported.entrySet()) {
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

  /** Ends it, whatever it does, and forgets it. */
  void stop() {
    RestoreCommand.end(host, name());
  }

  private String name() {
    return "etcd-member-recover-" + member.replaceAll("[^a-zA-Z0-9._-]", "_");
  }
}
