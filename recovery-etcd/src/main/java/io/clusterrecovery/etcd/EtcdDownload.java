package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RemoteHost;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The download of etcd's tools that the recovery scripts begin with. */
final class EtcdDownload {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String URL =
      "https://storage.googleapis.com/etcd/%s/etcd-%s-linux-amd64.tar.gz";

  /** Standard input: the proxy's variables. Argument: URL. */
  private static final String ASK =
      """
      eval "$(cat)"
      exec curl -s -f -L -I -o /dev/null --max-time 60 "$1"
      """;

  private EtcdDownload() {}

  /**
   * {@return why the host cannot download them, if it cannot} The scripts go on without, and notice
   * when the data is removed.
   *
   * @param release whose tools they download; without, nothing is asked
   */
  static List<Refusal> refusals(RemoteHost host, Optional<String> release, OpenShift41Proxy proxy) {
    if (release.isEmpty()) {
      return List.of();
    }
    String url = URL.formatted(release.get(), release.get());
    CommandResult asked =
        host.run(
            Command.of("sh", "-c", ASK, "sh", url)
                .asRoot()
                .stdin(proxy.assignments())
                .limit(LIMIT));
    if (asked.succeeded()) {
      return List.of();
    }
    return List.of(
        new Refusal(
            Code.DOWNLOAD_UNREACHABLE,
            "%s cannot download %s, as the script does: curl ended with %d; %s."
                .formatted(host.name(), url, asked.exitStatus(), proxy),
            "Give the right proxy with proxy(…), or make a way to that address."));
  }
}
