package io.clusterrecovery.etcd;

import java.util.List;

/**
 * What one voter says of the cluster.
 *
 * @param voter the voter
 * @param health how it is
 * @param members the members as it lists them; empty if it did not answer
 * @param detail what was seen, for people
 */
record VoterReport(EtcdMember voter, Health health, List<EtcdMember> members, String detail) {

  /** How a voter is. */
  enum Health {
    /** A linearizable read through it succeeded. */
    HEALTHY,
    /** It answers, and cannot read. */
    WITHOUT_QUORUM,
    /** It does not answer, or another member answers at its URLs. */
    SILENT
  }
}
