package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.DetachedCommand;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code kubeadm join} as it runs on a host by itself, found again by the member's name.
 *
 * @param host the host
 * @param member the member's name
 */
record KubeadmJob(RemoteHost host, String member) {
  private static final String FILE = "/run/cluster-recovery-join.yaml";

  /** Argument: the configuration, which is gone however kubeadm ends, unless it is killed. */
  private static final String JOIN =
      """
      trap 'rm -f -- "$1"' EXIT
      kubeadm join --config "$1"
      """;

  private static final Duration RESET_LIMIT = Duration.ofMinutes(5);

  boolean exists() {
    return host.find(name()).isPresent();
  }

  /** Starts it, unless it was started before. */
  void start(Secret configuration) {
    HostFile.write(host, FILE, configuration);
    host.start(name(), Command.of("sh", "-c", JOIN, "sh", FILE).asRoot());
  }

  /** How it ended; empty while it runs, or was never started. */
  Optional<CommandResult> result() {
    return host.find(name()).flatMap(DetachedCommand::result);
  }

  /** Ends it and whatever it has started itself. */
  void stop() {
    host.find(name()).ifPresent(DetachedCommand::stop);
    HostFile.must(host, Command.of("rm", "-f", "--", FILE).asRoot());
  }

  /**
   * Undoes what it has made of the host, and forgets it. The member is off the list already, and
   * its data was moved aside, so kubeadm must do neither.
   */
  void reset() {
    HostFile.must(
        host,
        Command.of("kubeadm", "reset", "--force", "--skip-phases=remove-etcd-member")
            .asRoot()
            .limit(RESET_LIMIT));
    host.find(name()).ifPresent(DetachedCommand::remove);
  }

  private String name() {
    return "kubeadm-join-" + member.replaceAll("[^a-zA-Z0-9._-]", "_");
  }
}
