package io.clusterrecovery.examples;

import io.clusterrecovery.Plan;
import io.clusterrecovery.etcd.QuorumRestorer;
import io.clusterrecovery.etcd.RestoreResult;
import io.clusterrecovery.etcd.SystemdEtcd;
import io.clusterrecovery.ssh.SshHost;
import java.io.IOException;

/**
 * Restores etcd's quorum from a snapshot, on the one master that is left, where etcd, API server
 * and controller manager are systemd units: shows the plan, and carries out exactly that.
 *
 * <p>Settings: {@code survivor}, {@code lost}, {@code snapshot}, {@code backups}, and those of SSH
 * and etcd; see {@link ExampleSettings}.
 */
public final class RestoreQuorum {
  private RestoreQuorum() {}

  /** Takes the settings' file. */
  public static void main(String[] arguments) throws IOException {
    ExampleSettings settings = ExampleSettings.read(arguments);
    String name = settings.text("survivor");
    try (SshHost survivor = settings.host(name)) {
      QuorumRestorer restorer =
          QuorumRestorer.on(survivor)
              .etcd(settings.etcd())
              .fromSnapshot(settings.path("snapshot"))
              .member(name, settings.peer(name))
              .lost(settings.texts("lost"))
              .method(
                  SystemdEtcd.unit("etcd").restarting("kube-apiserver", "kube-controller-manager"))
              .safetySnapshotsIn(settings.path("backups"))
              .build();
      Plan plan = restorer.plan();
      System.out.println(plan);
      RestoreResult restored = restorer.restore(plan);
      System.out.println(restored);
      System.out.println("restored.at=" + restored.verifiedAt());
    }
  }
}
