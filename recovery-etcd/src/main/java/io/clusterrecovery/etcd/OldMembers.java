package io.clusterrecovery.etcd;

import io.clusterrecovery.Poll;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import io.clusterrecovery.etcd.RestoreMethod.Restoration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Members of the old cluster that still run and ask to join: the restored etcd turns them away, and
 * logs who they were (etcd's {@code server/etcdserver/api/rafthttp/http.go}).
 */
final class OldMembers {
  /** A peer that lives dials again each tenth of a second. */
  static final Duration WATCHED = Duration.ofSeconds(5);

  /** After a restore the cluster's id is another; by own data it is the same, but without them. */
  private static final List<String> TURNED_AWAY =
      List.of("request cluster ID mismatch", "rejected stream from remote peer because it was");

  private static final Pattern SENDER =
      Pattern.compile("\"remote-peer-(?:server-name|server-from|id-from)\":\"([0-9a-f]+)\"");

  /** What etcd 3.4 logs, unless it is told to log otherwise. */
  private static final Pattern UNNAMED =
      Pattern.compile("request cluster ID mismatch \\(got ([0-9a-f]+)");

  private final Map<String, EtcdMember> members;
  private final Map<String, RemoteHost> hosts;

  /**
   * Takes whoever may ask.
   *
   * @param members the members of before; of two with the same id the first counts
   * @param hosts their hosts by their names, as far as they were given
   */
  OldMembers(List<EtcdMember> members, Map<String, RemoteHost> hosts) {
    this.members = members.stream().collect(Collectors.toMap(EtcdMember::id, m -> m, (a, b) -> a));
    this.hosts = hosts;
  }

  /**
   * Watches the log until a time.
   *
   * @param end by the run's clock, as it elapses
   * @return who has asked, with their hosts where these are known
   */
  List<String> asking(Restoration restoration, Duration end, RunContext run) {
    Duration left = end.minus(run.clock().elapsed());
    if (left.compareTo(Duration.ZERO) > 0) {
      run.await(
          Wait.named("members of the old cluster that ask to join", left.plus(WATCHED)),
          () ->
              run.clock().elapsed().compareTo(end) < 0
                  ? Poll.notYet("the log of the restored etcd is read in the end")
                  : Poll.done(end));
    }
    return senders(restoration.logged(TURNED_AWAY));
  }

  List<String> senders(List<String> lines) {
    return lines.stream().map(this::sender).flatMap(Optional::stream).distinct().sorted().toList();
  }

  private Optional<String> sender(String line) {
    Matcher named = SENDER.matcher(line);
    if (named.find()) {
      return Optional.of(label(named.group(1)));
    }
    Matcher unnamed = UNNAMED.matcher(line);
    return unnamed.find()
        ? Optional.of("a member of cluster " + unnamed.group(1) + ", whose name etcd does not log")
        : Optional.empty();
  }

  private String label(String id) {
    EtcdMember member = members.get(id);
    return member == null ? "member " + id : member.label() + " on " + host(member);
  }

  private String host(EtcdMember member) {
    return hosts.entrySet().stream()
        .filter(entry -> member.isCalled(entry.getKey()))
        .map(entry -> entry.getValue().name())
        .findFirst()
        .orElseGet(
            () ->
                member.peerUrls().stream()
                    .map(Urls::host)
                    .distinct()
                    .collect(Collectors.joining(", ")));
  }
}
