package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.DetachedCommand;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An etcd of a rehearsal's own, and what it serves. */
final class RehearsedEtcd {
  /** After so many minutes it ends by itself, should nobody come back to end it. */
  static final int LIFETIME_MINUTES = 15;

  static final String NAME = "rehearsal";

  /** Nobody dials the peer URL of a member that is alone, so it need not lead anywhere. */
  static final String NOWHERE = "https://127.0.0.1:1";

  private static final Duration CALL_LIMIT = Duration.ofSeconds(10);
  private static final Duration PACE = Duration.ofMillis(250);

  /**
   * Prints two ports that nobody listens on, outside of the ranges of outgoing connections and of
   * Kubernetes' node ports.
   */
  private static final String PORTS =
      """
      port=$((20000 + $$ % 9000)) found=0
      while [ "$found" -lt 2 ]; do
        port=$((port + 1))
        grep -qi ":$(printf %04X "$port") " /proc/net/tcp /proc/net/tcp6 2>/dev/null && continue
        echo "$port"
        found=$((found + 1))
      done
      """;

  private final RemoteHost host;
  private final RehearsalKeys keys;
  private @Nullable DetachedCommand job;
  private URI endpoint = URI.create(NOWHERE);

  RehearsedEtcd(RemoteHost host, RehearsalKeys keys) {
    this.host = host;
    this.keys = keys;
  }

  /** Starts the program in the scratch directory on the data there. */
  void start() {
    keys.give(host);
    List<String> ports = HostFile.must(host, Command.of("sh", "-c", PORTS)).out().lines().toList();
    endpoint = URI.create("https://127.0.0.1:" + ports.get(0));
    String peer = "https://127.0.0.1:" + ports.get(1);
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--kill-after=10", LIFETIME_MINUTES + "m", RehearsalFolder.ETCD));
    arguments.addAll(List.of("--name", NAME, "--data-dir", RehearsalFolder.DATA));
    arguments.addAll(List.of("--listen-client-urls", endpoint.toString()));
    arguments.addAll(List.of("--advertise-client-urls", endpoint.toString()));
    arguments.addAll(List.of("--listen-peer-urls", peer));
    arguments.addAll(List.of("--initial-advertise-peer-urls", NOWHERE));
    arguments.addAll(List.of("--initial-cluster", NAME + "=" + NOWHERE));
    arguments.addAll(RehearsalKeys.flags());
    Command command = Command.of("timeout", arguments.toArray(String[]::new)).asRoot();
    job = host.start(RehearsalFolder.ETCD_JOB, command);
  }

  /** What it serves, once it does. */
  Served served(long revision, Duration limit, RunContext run) {
    Wait wait = Wait.named("rehearsed etcd reads", limit).every(PACE);
    return run.await(wait, () -> look(revision));
  }

  /**
   * What an etcd serves.
   *
   * @param revision the revision it has come to
   * @param keys how many keys it had at the revision that was asked for; 0 if it has not come there
   */
  record Served(long revision, long keys) {}

  private Poll<Served> look(long revision) {
    if (job != null && job.result().isPresent()) {
      return Poll.never(
          Code.VERIFICATION_FAILED,
          "etcd does not run with the snapshot: " + job.result().get().summary() + ".",
          "Read its words; its version may not fit, or the snapshot cannot be used.");
    }
    try (EtcdClient client = cluster().connect(endpoint)) {
      client.linearizableRead();
      long now = client.status().revision();
      return Poll.done(new Served(now, now < revision ? 0 : client.keysAt(revision)));
    } catch (EtcdCallException e) {
      return Poll.notYet(String.valueOf(e.getMessage()));
    }
  }

  private EtcdCluster cluster() {
    return EtcdCluster.at(endpoint)
        .through(host)
        .tls(keys.certificate(), keys.certificate(), keys.key())
        .callLimit(CALL_LIMIT)
        .build();
  }
}
