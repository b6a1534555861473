package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.TimedOutException;
import io.clusterrecovery.etcd.RestoreMethod.Restoration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Carries a restore out. */
final class RestoreAct {
  private final RestoreSettings settings;
  private final RestoreSource source;
  private final RestoreMemory memory;
  private final SafetySnapshots safety;
  private final Restoration restoration;
  private final Consumer<RunContext> restart;
  private final RunContext run;

  RestoreAct(
      RestoreSettings settings,
      RestoreSource source,
      RestoreMemory memory,
      SafetySnapshots safety,
      Restoration restoration,
      Consumer<RunContext> restart,
      RunContext run) {
    this.settings = settings;
    this.source = source;
    this.memory = memory;
    this.safety = safety;
    this.restoration = restoration;
    this.restart = restart;
    this.run = run;
  }

  RestoreResult result() {
    memory.keep(run);
    SafetySnapshot before = safety.before(run);
    RestoreTrace.begin(settings.survivor(), run.runId());
    VerifiedEtcd verified = restored();
    Duration watchEnd = run.clock().elapsed().plus(settings.oldMembersWatch());
    restart.accept(run);
    SafetySnapshot after = safety.after(run);
    List<String> asking = oldMembersAsking(watchEnd);
    remember(verified);
    return new RestoreResult(
        run.runId(),
        verified.clusterId(),
        verified.member(),
        verified.revision(),
        verified.at(),
        asking,
        before,
        after,
        run.changed());
  }

  /** Whoever took part before, as this run or the snapshot names them. */
  private List<String> oldMembersAsking(Duration watchEnd) {
    List<EtcdMember> old = new ArrayList<>(RestoreMemory.of(run).orElse(memory).members());
    old.addAll(source.members());
    List<String> asking =
        new OldMembers(old, settings.memberHosts()).asking(restoration, watchEnd, run);
    if (!asking.isEmpty()) {
      run.line("Still running, and to be stopped: " + String.join("; ", asking) + ".");
    }
    return asking;
  }

  private VerifiedEtcd restored() {
    try {
      restoration.carryOut(run);
      return RestoreVerification.verify(settings, run);
    } catch (RecoveryException e) {
      throw e instanceof RefusedException && run.changed().isEmpty() ? e : told(e);
    }
  }

  private RecoveryException told(RecoveryException e) {
    String found = e.found() + " " + state();
    if (e instanceof TimedOutException t) {
      return new TimedOutException(
          t.waitingFor(), t.limit(), found, run.changed(), t.unknown(), next(e), e);
    }
    return run.failure(e.code(), found, next(e), e);
  }

  /** Whoever reads of a failure must know which data is in place. */
  private String state() {
    try {
      return restoration.state();
    } catch (RecoveryException unknown) {
      return "In which state its data is could not be seen: " + unknown.found();
    }
  }

  private static String next(RecoveryException e) {
    return e.next() + " Running it again goes on from here; rollback() puts back what was moved.";
  }

  /**
   * The copy of the snapshot holds secrets of the cluster, and is not needed any more; it goes
   * first, since nobody comes back once the record is there.
   */
  private void remember(VerifiedEtcd verified) {
    String copy = RestoreRecord.folder(run.runId()) + "/snapshot.db";
    HostFile.must(settings.survivor(), Command.of("rm", "-f", "--", copy).asRoot());
    new RestoreRecord(
            run.runId().value(),
            settings.memberName(),
            source.id(),
            verified.clusterId(),
            verified.at().toString(),
            verified.revision())
        .writeTo(settings.survivor());
    RestoredRevision.remove(settings.survivor(), run.runId());
  }
}
