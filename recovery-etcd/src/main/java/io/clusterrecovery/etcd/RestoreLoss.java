package io.clusterrecovery.etcd;

import io.clusterrecovery.Plan;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RemoteHost;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Names in a plan what the survivor's own data holds and the snapshot does not. */
final class RestoreLoss {
  private static final int MOST_SHOWN = 200;

  private final RemoteHost host;
  private final RestoreMethod method;
  private final Snapshot snapshot;

  RestoreLoss(RemoteHost host, RestoreMethod method, Snapshot snapshot) {
    this.host = host;
    this.method = method;
    this.snapshot = snapshot;
  }

  /** Not knowing is no reason to refuse: the survivor's data may be what is broken. */
  void tell(Plan.Builder plan) {
    try {
      Optional<String> directory = method.dataDirectory(host);
      if (directory.isEmpty()) {
        throw new IOException("where the survivor's data is cannot be told");
      }
      tell(difference(OwnData.path(directory.get())), plan);
    } catch (IOException | RecoveryException e) {
      plan.note("What would be lost could not be compared: " + e.getMessage());
    }
  }

  private SnapshotDiff difference(String path) throws IOException {
    try (HostCopy copy = HostCopy.of(host, path)) {
      return Snapshot.diff(snapshot, Snapshot.inspect(copy.file()));
    }
  }

  private static void tell(SnapshotDiff diff, Plan.Builder plan) {
    if (diff.isEmpty()) {
      plan.fact("would be lost", "nothing that the survivor's own data holds");
    }
    diff.kinds().forEach(kind -> plan.fact("would be lost", kind.toString()));
    List<ObjectChange> objects = diff.objects();
    objects.stream().limit(MOST_SHOWN).forEach(each -> plan.fact("would be lost", each.toString()));
    long more = objects.size() + diff.unnamed() - MOST_SHOWN;
    if (more > 0) {
      plan.note("%d more objects would be lost than are named.".formatted(more));
    }
  }
}
