package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.RemoteHost;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which machine a host is, and what other members' URLs lead to, as it sees it.
 *
 * @param machineId the content of {@code /etc/machine-id}; empty if it has none
 * @param addresses its own addresses
 * @param resolved the addresses of each host name or address that was asked for
 */
record HostIdentity(String machineId, Set<String> addresses, Map<String, Set<String>> resolved) {

  /** Arguments: names to resolve. */
  private static final String SCRIPT =
      """
      echo "machine $(cat /etc/machine-id 2>/dev/null)"
      echo "addresses $(hostname -I)"
      for name in "$@"; do
        echo "name $name $(timeout 3 getent ahosts "$name" | cut -d' ' -f1 | sort -u | tr '\\n' ' ')"
      done
      """;

  /** Copies what it is given. */
  HostIdentity {
    addresses = Set.copyOf(addresses);
    resolved = Map.copyOf(resolved);
  }

  static HostIdentity of(RemoteHost host, List<EtcdMember> members) {
    Set<String> names = new HashSet<>();
    members.forEach(m -> urls(m).forEach(url -> names.add(Urls.host(url))));
    List<String> arguments = new ArrayList<>(List.of("-c", SCRIPT, "sh"));
    arguments.addAll(names.stream().sorted().toList());
    return parse(HostFile.must(host, Command.of("sh", arguments.toArray(String[]::new))).out());
  }

  static HostIdentity parse(String printed) {
    String machine = "";
    Set<String> addresses = Set.of();
    Map<String, Set<String>> resolved = new HashMap<>();
    for (String line : printed.lines().toList()) {
      List<String> words = Arrays.stream(line.strip().split(" +", -1)).toList();
      switch (words.get(0)) {
        case "machine" -> machine = words.size() > 1 ? words.get(1) : "";
        case "addresses" -> addresses = rest(words, 1);
        case "name" -> resolved.put(words.get(1), rest(words, 2));
        default -> {}
      }
    }
    return new HostIdentity(machine, addresses, resolved);
  }

  /** Whether a member's URL leads to this host itself, also by a loopback address of its name. */
  boolean is(EtcdMember member) {
    return urls(member).stream().map(Urls::host).anyMatch(this::leadsHere);
  }

  private boolean leadsHere(String name) {
    return resolved.getOrDefault(name, Set.of()).stream()
        .anyMatch(a -> addresses.contains(a) || (isLoopback(a) && !isLoopback(name)));
  }

  private static boolean isLoopback(String name) {
    return name.startsWith("127.") || name.equals("::1") || name.equals("localhost");
  }

  private static List<URI> urls(EtcdMember member) {
    List<URI> urls = new ArrayList<>(member.peerUrls());
    urls.addAll(member.clientUrls());
    return urls;
  }

  private static Set<String> rest(List<String> words, int from) {
    return new HashSet<>(words.subList(Math.min(from, words.size()), words.size()));
  }
}
