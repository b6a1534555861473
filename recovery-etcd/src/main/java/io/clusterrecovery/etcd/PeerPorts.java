package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
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

  /** Arguments: host and port in turn. Prints "INDEX open" for each port that accepts. */
  private static final String SCRIPT =
      """
      i=0
      while [ $# -gt 1 ]; do
        (timeout 3 bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$1" "$2" 2>/dev/null && echo "$i open") &
        i=$((i + 1))
        shift 2
      done
      wait
      echo asked
      """;

  private PeerPorts() {}

  /** Asks all ports at the same time, 3 seconds at most; a port not in the answer was not asked. */
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
    Map<URI, PeerPort> ports = new HashMap<>();
    for (int i = 0; i < urls.size() && lines.contains("asked"); i++) {
      ports.put(urls.get(i), lines.contains(i + " open") ? PeerPort.OPEN : PeerPort.SILENT);
    }
    return ports;
  }

  static PeerPort of(EtcdMember member, Map<URI, PeerPort> ports) {
    return member.peerUrls().stream()
        .map(url -> ports.getOrDefault(url, PeerPort.NOT_ASKED))
        .min(Enum::compareTo)
        .orElse(PeerPort.NOT_ASKED);
  }
}
