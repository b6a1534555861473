package io.clusterrecovery.etcd;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.etcd.EtcdClient.EndpointStatus;
import io.clusterrecovery.etcd.EtcdMember.Role;
import io.clusterrecovery.etcd.VoterReport.Health;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every cluster of up to seven members, as its voters report it. */
final class MembershipShapes {
  static final int MOST_MEMBERS = 7;

  private MembershipShapes() {}

  /** How a member is, and what the caller wants with it. */
  enum Kind {
    HEALTHY(Role.VOTER, true),
    SILENT(Role.VOTER, true),
    SILENT_REPLACED(Role.VOTER, true),
    HEALTHY_REPLACED(Role.VOTER, true),
    LEARNER_WANTED(Role.LEARNER, true),
    LEARNER_STRAY(Role.LEARNER, true),
    LEARNER_REPLACED(Role.LEARNER, true),
    UNSTARTED_WANTED(Role.LEARNER, false),
    UNSTARTED_STRAY(Role.LEARNER, false),
    UNSTARTED_VOTER_WANTED(Role.VOTER, false);

    final Role role;
    final boolean started;

    Kind(Role role, boolean started) {
      this.role = role;
      this.started = started;
    }

    boolean isReplaced() {
      return name().endsWith("_REPLACED");
    }

    boolean isWanted() {
      return name().endsWith("_WANTED");
    }

    boolean isHealthy() {
      return this == HEALTHY || this == HEALTHY_REPLACED;
    }
  }

  /** A cluster and what is wanted of it. */
  record Shape(
      Map<Kind, Integer> kinds, int added, List<VoterReport> reports, List<MemberToAdd> wanted) {
    @Override
    public String toString() {
      return kinds + " and " + added + " more";
    }
  }

  /** Every shape with at least one voter, for up to two members that are not there yet. */
  static Stream<Shape> all() {
    List<Map<Kind, Integer>> counted = new ArrayList<>();
    count(0, MOST_MEMBERS, new EnumMap<>(Kind.class), counted);
    return counted.stream()
        .filter(kinds -> kinds.getOrDefault(Kind.HEALTHY, 0) > 0)
        .flatMap(kinds -> Stream.of(0, 1, 2).map(added -> shape(kinds, added)));
  }

  private static void count(
      int kind, int left, Map<Kind, Integer> chosen, List<Map<Kind, Integer>> into) {
    if (kind == Kind.values().length) {
      into.add(new EnumMap<>(chosen));
      return;
    }
    for (int n = 0; n <= left; n++) {
      chosen.put(Kind.values()[kind], n);
      count(kind + 1, left - n, chosen, into);
    }
    chosen.remove(Kind.values()[kind]);
  }

  private static Shape shape(Map<Kind, Integer> kinds, int added) {
    List<MemberToAdd> wanted = new ArrayList<>();
    Map<EtcdMember, Kind> byMember = new java.util.LinkedHashMap<>();
    kinds.forEach(
        (kind, n) -> {
          for (int i = 0; i < n; i++) {
            String name = kind.name() + i;
            EtcdMember member = member(name, kind);
            byMember.put(member, kind);
            if (kind.isWanted()) {
              wanted.add(wanted(name, Optional.empty()));
            } else if (kind.isReplaced()) {
              wanted.add(wanted("instead-of-" + name, Optional.of(name)));
            }
          }
        });
    for (String name : Collections.nCopies(added, "new")) {
      wanted.add(wanted(name + wanted.size(), Optional.empty()));
    }
    return new Shape(kinds, added, reports(byMember), wanted);
  }

  private static List<VoterReport> reports(Map<EtcdMember, Kind> byMember) {
    List<EtcdMember> members = List.copyOf(byMember.keySet());
    long healthy = byMember.values().stream().filter(Kind::isHealthy).count();
    long voters = members.stream().filter(EtcdMember::votes).count();
    Health ofLiving = healthy >= voters / 2 + 1 ? Health.HEALTHY : Health.WITHOUT_QUORUM;
    return members.stream()
        .filter(EtcdMember::votes)
        .map(
            m -> {
              boolean lives = requireNonNull(byMember.get(m)).isHealthy();
              return new VoterReport(
                  m,
                  lives ? ofLiving : Health.SILENT,
                  lives ? members : List.of(),
                  lives ? Optional.of(status(m.id())) : Optional.empty(),
                  "seen");
            })
        .toList();
  }

  static EndpointStatus status(String id) {
    return new EndpointStatus("c", id, "1", 10, 10, "3.6.16", Role.VOTER, 1);
  }

  static MemberToAdd wanted(String name, Optional<String> replaces) {
    return new MemberToAdd(name, peer(name), new RecordingHost("host-" + name), replaces);
  }

  private static EtcdMember member(String name, Kind kind) {
    return new EtcdMember(
        "id-" + name, kind.started ? name : "", List.of(peer(name)), List.of(), kind.role);
  }

  private static URI peer(String name) {
    return URI.create(
        "https://" + name.toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ".test:2380");
  }
}
