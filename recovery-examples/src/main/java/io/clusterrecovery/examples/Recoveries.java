package io.clusterrecovery.examples;

import io.clusterrecovery.EventListener;
import io.clusterrecovery.LostMastersRecovery;
import io.clusterrecovery.Runbook;
import io.clusterrecovery.etcd.RestoreResult;
import java.nio.file.Path;

/** The recovery of each platform. */
final class Recoveries {
  private Recoveries() {}

  static Runbook of(
      DrillOptions.Platform platform,
      DrillOptions.Source source,
      DrillOperations operations,
      Path journal,
      EventListener listener) {
    LostMastersRecovery<RestoreResult> recipe =
        switch (platform) {
          case SYSTEMD -> new DrillRecovery(operations).recipe();
          case KUBEADM -> new KubeadmRecovery(operations, source).recipe();
          case OPENSHIFT41 -> new OpenShift41Recovery(operations).recipe();
        };
    return operations.book(recipe, journal, listener);
  }
}
