package io.clusterrecovery.etcd;

import io.clusterrecovery.Plan;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.RunId;
import io.clusterrecovery.etcd.MemberEvidence.ClientAnswer;
import java.util.List;
import java.util.Optional;

/**
 * A restore that has done already what is wanted, by its record on the host and the cluster that is
 * there.
 *
 * @param record what it has left
 * @param seen the cluster now
 * @param member the restored member in it
 */
record EarlierRestore(RestoreRecord record, QuorumObservation seen, EtcdMember member) {

  /** {@return the one of those recorded on the host that the cluster is of: a pure function} */
  static Optional<EarlierRestore> among(
      List<RestoreRecord> records,
      String memberName,
      RestoreSource source,
      QuorumObservation seen,
      RunId run) {
    Optional<MemberEvidence> member = seen.named(memberName);
    if (seen.status().isEmpty() || member.isEmpty()) {
      return Optional.empty();
    }
    String living = seen.status().get().clusterId();
    return records.stream()
        .filter(r -> r.describes(memberName, source) && r.clusterId().equals(living))
        .filter(r -> reads(member.get()) || isBeingGrown(r, seen, run))
        .map(r -> new EarlierRestore(r, seen, member.get().member()))
        .findFirst();
  }

  /** A cluster that was restored before and has lost quorum since is one to be restored. */
  private static boolean reads(MemberEvidence member) {
    return member.client() == ClientAnswer.READ_SUCCEEDED;
  }

  /** Between the add of a second voter and its start nobody has lost anything. */
  private static boolean isBeingGrown(RestoreRecord record, QuorumObservation seen, RunId run) {
    return record.run().equals(run.value())
        && seen.members().stream()
            .map(MemberEvidence::member)
            .anyMatch(added -> added.votes() && !added.started());
  }

  void describe(Plan.Builder plan) {
    plan.fact("already restored", "by run " + record.run() + " at " + record.verifiedAt());
    if (!serves()) {
      plan.note(
          "The cluster cannot be used until the voter that this run has added has started, which is"
              + " the growth's.");
    }
  }

  /** Reads it back, unless it cannot be read yet. */
  RestoreResult result(RestoreSettings settings, RunContext run) {
    return serves()
        ? RestoreVerification.readBack(settings, record, run)
        : RestoreVerification.result(record, seen.status().orElseThrow(), member);
  }

  private boolean serves() {
    return seen.named(member.name()).filter(EarlierRestore::reads).isPresent();
  }
}
