package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.etcd.MemberEvidence.PeerPort;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks, from a host, whether the peer ports of members accept connections. */
final class PeerPorts {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Arguments: host and port in turn. Prints "INDEX open" or "INDEX unresolved". */
  private static final String SCRIPT =
      """
      for tool in timeout getent; do command -v "$tool" >/dev/null || exit 127; done
      i=0
      while [ $# -gt 1 ]; do
        (timeout 3 getent ahosts "$1" >/dev/null || echo "$i unresolved") &
        (timeout 3 bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$1" "$2" 2>/dev/null && echo "$i open") &
        i=$((i + 1))
        shift 2
      done
      wait
      echo asked
      """;

  private PeerPorts() {}

  /**
   * Asks all ports at the same time, 3 seconds at most.
   *
   * @throws RefusedException if the host cannot ask: then nothing is known of the members
   */
  static Map<URI, PeerPort> ask(RemoteHost from, List<EtcdMember> members) {
    List<URI> urls = members.stream().flatMap(m -> m.peerUrls().stream()).toList();
    if (urls.isEmpty()) {
      return Map.of();
    }
    List<String> arguments = new ArrayList<>(List.of("-c", SCRIPT, "bash"));
    for (URI url : urls) {
      arguments.add(Urls.host(url));
      arguments.add(String.valueOf(url.getPort()));
    }
    CommandResult result =
        from.run(Command.of("bash", arguments.toArray(String[]::new)).limit(LIMIT));
    List<String> lines = result.out().lines().toList();
    if (!lines.contains("asked")) {
      throw new RefusedException(
          new Refusal(
              Code.TOOL_MISSING,
              "%s cannot ask the peer ports of the other members: %s."
                  .formatted(from.name(), result.summary()),
              "Install bash, timeout and getent there; without them nothing is known of the others."),
          null);
    }
    Map<URI, PeerPort> ports = new HashMap<>();
    for (int i = 0; i < urls.size(); i++) {
      ports.put(urls.get(i), port(lines, i));
    }
    return ports;
  }

  private static PeerPort port(List<String> lines, int index) {
    if (lines.contains(index + " open")) {
      return PeerPort.OPEN;
    }
    return lines.contains(index + " unresolved") ? PeerPort.UNRESOLVED : PeerPort.SILENT;
  }

  static PeerPort of(EtcdMember member, Map<URI, PeerPort> ports) {
    return member.peerUrls().stream()
        .map(url -> ports.getOrDefault(url, PeerPort.NOT_ASKED))
        .min(Enum::compareTo)
        .orElse(PeerPort.NOT_ASKED);
  }
}
