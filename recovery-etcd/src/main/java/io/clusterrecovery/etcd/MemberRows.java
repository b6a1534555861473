package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether what a cluster lists of each member belongs together: a pure function. Networks of their
 * own for peers and for clients are as they should be; but what leads to another member does not.
 *
 * @param members the members
 * @param resolved the addresses of each host in their URLs, as far as they are known
 */
record MemberRows(List<EtcdMember> members, Map<String, Set<String>> resolved) {
  /** As in {@code etcd-member-ip-10-0-143-125.ec2.internal}. */
  private static final Pattern ADDRESS_IN_NAME =
      Pattern.compile("(?:^|\\D)ip-(\\d{1,3})-(\\d{1,3})-(\\d{1,3})-(\\d{1,3})(?:\\D|$)");

  /** Copies what it is given. */
  MemberRows {
    members = List.copyOf(members);
    resolved = Map.copyOf(resolved);
  }

  /** Each member that is not one with itself, and each thing that two have. */
  List<Refusal> refusals() {
    List<Refusal> refusals = new ArrayList<>();
    for (EtcdMember member : members) {
      for (EtcdMember other : members) {
        if (!member.id().equals(other.id())) {
          check(member, other, refusals);
        }
      }
    }
    return refusals;
  }

  private void check(EtcdMember member, EtcdMember other, List<Refusal> refusals) {
    boolean first = member.id().compareTo(other.id()) < 0;
    if (first && member.started() && member.name().equals(other.name())) {
      refusals.add(refusal(member, other, "have the same name"));
    }
    if (first && meet(member.peerUrls(), other.peerUrls())) {
      refusals.add(refusal(member, other, "have the same peer URL"));
    }
    if (first && meet(member.clientUrls(), other.clientUrls())) {
      refusals.add(refusal(member, other, "have the same client URL"));
    }
    if (leadsTo(addresses(member.peerUrls()), member, other)) {
      refusals.add(
          refusal(member, other, "are mixed up: the peer URL of the first leads to the second"));
    }
    if (leadsTo(addressInName(member), member, other)) {
      refusals.add(
          refusal(member, other, "are mixed up: the first has the second's address in its name"));
    }
  }

  /** Whether those addresses are where clients reach the other, and not where they reach this. */
  private boolean leadsTo(Set<String> addresses, EtcdMember member, EtcdMember other) {
    Set<String> own = addresses(member.clientUrls());
    return !own.isEmpty()
        && addresses.stream().noneMatch(own::contains)
        && addresses.stream().anyMatch(addresses(other.clientUrls())::contains);
  }

  private Set<String> addresses(List<URI> urls) {
    Set<String> addresses = new HashSet<>();
    for (URI url : urls) {
      String host = Urls.host(url);
      addresses.addAll(resolved.getOrDefault(host, Set.of(host)));
    }
    addresses.removeIf(a -> a.startsWith("127.") || a.equals("::1"));
    return addresses;
  }

  private static Set<String> addressInName(EtcdMember member) {
    Matcher found = ADDRESS_IN_NAME.matcher(member.name());
    return found.find()
        ? Set.of(String.join(".", found.group(1), found.group(2), found.group(3), found.group(4)))
        : Set.of();
  }

  private static boolean meet(List<URI> these, List<URI> those) {
    return these.stream().anyMatch(those::contains);
  }

  private static Refusal refusal(EtcdMember member, EtcdMember other, String what) {
    return new Refusal(
        Code.MEMBER_MISMATCH,
        "Members %s and %s %s.".formatted(shown(member), shown(other), what),
        "Find out which host runs which member; correct URLs with 'etcdctl member update', or the"
            + " DNS record, before anything is added.");
  }

  private static String shown(EtcdMember member) {
    return "%s (%s, peer %s, client %s)"
        .formatted(member.label(), member.id(), member.peerUrls(), member.clientUrls());
  }
}
