package io.clusterrecovery.etcd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RunContext;
import java.util.List;
import java.util.Optional;

/**
 * What a run must know when it is taken up again after etcd was stopped: which snapshot it began
 * with, and who the members were.
 *
 * @param snapshotSha256 the digest of the snapshot
 * @param members the members as etcd listed them; empty if it did not
 */
record RestoreMemory(String snapshotSha256, List<EtcdMember> members) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "restore";

  /** Keeps it, unless this run has kept one already. */
  void keep(RunContext run) {
    run.once(KEY, this::json);
  }

  /** What this run kept, if it has begun to act. */
  static Optional<RestoreMemory> of(RunContext run) {
    return run.remembered(KEY).map(RestoreMemory::parse);
  }

  /** A run that has begun with one snapshot cannot go on with another. */
  List<Refusal> refusals(Snapshot given) {
    if (snapshotSha256.equals(given.sha256())) {
      return List.of();
    }
    return List.of(
        new Refusal(
            Code.PLAN_DRIFTED,
            "This run began with the snapshot of sha256 %s, and now the one of %s is given."
                .formatted(snapshotSha256, given.sha256()),
            "Resume with the snapshot that the run began with, or begin a new run."));
  }

  private String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of texts can be written as JSON", e);
    }
  }

  private static RestoreMemory parse(String json) {
    try {
      return JSON.readValue(json, RestoreMemory.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not what a restore keeps of itself: " + json, e);
    }
  }
}
