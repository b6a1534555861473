package io.clusterrecovery.etcd;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The local TCP ports that something listens on, on any address.
 *
 * @param numbers the ports
 */
record ListeningPorts(Set<Integer> numbers) {
  /** State, two queues, the local address, which may be of IPv6 or name its interface. */
  private static final Pattern LINE =
      Pattern.compile("LISTEN\\s+\\d+\\s+\\d+\\s+\\S*:(\\d{1,5})\\s.*");

  /** Copies the set. */
  ListeningPorts {
    numbers = Set.copyOf(numbers);
  }

  /** Reads what {@code ss -ltn} prints; other lines are passed over. */
  static ListeningPorts parse(String printed) {
    return new ListeningPorts(
        printed
            .lines()
            .map(line -> LINE.matcher(line.strip() + " "))
            .filter(Matcher::matches)
            .map(found -> Integer.valueOf(found.group(1)))
            .collect(Collectors.toSet()));
  }

  boolean has(int port) {
    return numbers.contains(port);
  }
}
