package io.clusterrecovery.etcd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RunContext;
import java.util.List;
import java.util.Optional;

/**
 * What a run must know when it is taken up again after etcd was stopped: what it began to restore
 * from, and who the members were.
 *
 * @param source what tells the source from others: the digest of a snapshot
 * @param members the members as etcd listed them; empty if it did not
 */
record RestoreMemory(String source, List<EtcdMember> members) {
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

  /** A run that has begun with one source cannot go on with another. */
  List<Refusal> refusals(RestoreSource given) {
    if (source.equals(given.id())) {
      return List.of();
    }
    return List.of(
        new Refusal(
            Code.PLAN_DRIFTED,
            "This run began to restore from %s, and now it is to be %s."
                .formatted(source, given.id()),
            "Resume with what the run began with, or begin a new run."));
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
