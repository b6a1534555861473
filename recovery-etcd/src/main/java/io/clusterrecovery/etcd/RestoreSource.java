package io.clusterrecovery.etcd;

import io.clusterrecovery.Plan;
import java.util.List;

/** Where the content of the restored cluster is from. */
sealed interface RestoreSource {

  /** What tells it from any other, in records of a restore. */
  String id();

  /** The members it names: those of an earlier time, who may run still. */
  List<EtcdMember> members();

  /** How large it is, in bytes; 0 if that is not known. */
  long size();

  void describe(Plan.Builder plan);

  /** A snapshot that was inspected. */
  record FromSnapshot(Snapshot snapshot) implements RestoreSource {
    @Override
    public String id() {
      return snapshot.sha256();
    }

    @Override
    public List<EtcdMember> members() {
      return snapshot.members();
    }

    @Override
    public long size() {
      return snapshot.size();
    }

    @Override
    public void describe(Plan.Builder plan) {
      SnapshotFacts.tell(snapshot, plan);
    }
  }

  /** What the survivor has. */
  record Survivor() implements RestoreSource {
    @Override
    public String id() {
      return "the survivor's own data";
    }

    @Override
    public List<EtcdMember> members() {
      return List.of();
    }

    @Override
    public long size() {
      return 0;
    }

    @Override
    public void describe(Plan.Builder plan) {
      plan.fact("content", id());
    }
  }
}
