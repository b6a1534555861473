package io.clusterrecovery.testkit;

import java.time.Instant;
import java.util.List;

/** A change that Route 53 has accepted: PENDING until its time has come, INSYNC from then on. */
record AwsZoneChange(
    String id, Instant submitted, long dueNanos, List<AwsRecordSet> after, boolean inSync) {
  AwsZoneChange synced() {
    return new AwsZoneChange(id, submitted, dueNanos, after, true);
  }

  String xml() {
    return "<ChangeInfo><Id>/change/%s</Id><Status>%s</Status><SubmittedAt>%s</SubmittedAt></ChangeInfo>"
        .formatted(id, inSync ? "INSYNC" : "PENDING", submitted);
  }
}
