package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.etcd.RestoreMethod.Restoration;
import java.util.function.Consumer;

/** Carries a restore out. */
final class RestoreAct {
  private final QuorumRestorer.Builder settings;
  private final RestoreSource source;
  private final RestoreMemory memory;
  private final Restoration restoration;
  private final Consumer<RunContext> restart;
  private final RunContext run;

  RestoreAct(
      QuorumRestorer.Builder settings,
      RestoreSource source,
      RestoreMemory memory,
      Restoration restoration,
      Consumer<RunContext> restart,
      RunContext run) {
    this.settings = settings;
    this.source = source;
    this.memory = memory;
    this.restoration = restoration;
    this.restart = restart;
    this.run = run;
  }

  RestoreResult result() {
    memory.keep(run);
    restoration.carryOut(run);
    RestoreResult verified = RestoreVerification.verify(settings, run);
    restart.accept(run);
    remember(verified);
    return new RestoreResult(
        verified.clusterId(),
        verified.member(),
        verified.revision(),
        verified.verifiedAt(),
        run.changed());
  }

  /**
   * The copy of the snapshot holds secrets of the cluster, and is not needed any more; it goes
   * first, since nobody comes back once the record is there.
   */
  private void remember(RestoreResult verified) {
    String copy = RestoreRecord.folder(run.runId()) + "/snapshot.db";
    HostFile.must(settings.survivor, Command.of("rm", "-f", "--", copy).asRoot());
    new RestoreRecord(
            run.runId().value(),
            settings.memberName(),
            source.id(),
            verified.clusterId(),
            verified.verifiedAt().toString())
        .writeTo(settings.survivor);
  }
}
