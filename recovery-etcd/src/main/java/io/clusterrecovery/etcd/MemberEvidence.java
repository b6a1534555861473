package io.clusterrecovery.etcd;

import java.util.Locale;

/**
 * What was seen of one member.
 *
 * @param member the member
 * @param standing what the caller said of it
 * @param client what its client endpoint answered
 * @param peerPort what its peer port did, as the surviving host sees it
 * @param host what was seen on its own host, where the caller gave access to it
 */
record MemberEvidence(
    EtcdMember member, Standing standing, ClientAnswer client, PeerPort peerPort, HostSight host) {

  /** What the caller said of a member. */
  enum Standing {
    /** It is the one on the surviving host. */
    SURVIVOR,
    /** The caller vouched that it is lost. */
    VOUCHED_LOST,
    /** The caller said nothing. */
    UNMENTIONED
  }

  /** What a peer port did. */
  enum PeerPort {
    /** Something accepted a connection. */
    OPEN,
    /** Nothing did. */
    SILENT,
    /** Its name does not resolve on the surviving host. */
    UNRESOLVED,
    /** It was not asked. */
    NOT_ASKED
  }

  /** What a client endpoint answered. */
  enum ClientAnswer {
    /** A linearizable read succeeded: there is quorum. */
    READ_SUCCEEDED,
    /** It answered, and entries were committed while it was watched: there is quorum. */
    COMMITS,
    /** It answered, and sees a leader. */
    SEES_LEADER,
    /** It answered, and sees no leader. */
    SEES_NO_LEADER,
    /** It did not answer. */
    SILENT
  }

  boolean answers() {
    return client != ClientAnswer.SILENT
        || peerPort == PeerPort.OPEN
        || host.etcd() == HostSight.Etcd.RUNS;
  }

  /**
   * Whether it is down: nothing of it answers, and its host shows it or somebody vouches for it.
   */
  boolean isProvenDown() {
    return !answers()
        && (standing == Standing.VOUCHED_LOST || host.etcd() == HostSight.Etcd.DOES_NOT_RUN);
  }

  /** Whether it runs where it can be stopped, and nobody called it lost. */
  boolean canBeFenced() {
    return standing == Standing.UNMENTIONED && host.etcd() == HostSight.Etcd.RUNS;
  }

  String seen() {
    return "%s (%s): client endpoint %s, peer port %s%s"
        .formatted(
            member.label(), words(standing), words(client), words(peerPort), host.inASentence());
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
