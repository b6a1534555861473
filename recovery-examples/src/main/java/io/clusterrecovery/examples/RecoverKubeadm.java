package io.clusterrecovery.examples;

import io.clusterrecovery.ConsoleProgress;
import io.clusterrecovery.LostMastersRecovery;
import io.clusterrecovery.RecoveryOrder;
import io.clusterrecovery.RecoveryPart;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.Secret;
import io.clusterrecovery.etcd.KubeadmJoin;
import io.clusterrecovery.etcd.KubeadmStaticPods;
import io.clusterrecovery.etcd.MemberExpander;
import io.clusterrecovery.etcd.QuorumRestorer;
import io.clusterrecovery.etcd.RestoreResult;
import io.clusterrecovery.k8s.ControlPlane;
import io.clusterrecovery.k8s.CsrApprover;
import io.clusterrecovery.ssh.SshHost;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The whole recovery of a cluster that kubeadm made: quorum restored on the master that is left,
 * the API awaited, lost nodes forgotten, and one new master joined by {@code kubeadm join}, with
 * its certificate requests approved.
 *
 * <p>Settings: {@code survivor}, {@code lost}, {@code new} with their addresses, {@code snapshot},
 * {@code backups}, {@code kubeconfig} of the survivor's own API server, those of SSH and etcd, and
 * besides {@code etcdutl}, a program that is brought to the host to restore by, and {@code join}, a
 * file with kubeadm's {@code JoinConfiguration} for the new master; see {@link ExampleSettings}.
 */
public final class RecoverKubeadm {
  private final ExampleSettings settings;
  private final SshHost survivor;
  private final SshHost fresh;
  private final ApiClient api;

  private RecoverKubeadm(ExampleSettings settings, SshHost survivor, SshHost fresh) {
    this.settings = settings;
    this.survivor = survivor;
    this.fresh = fresh;
    this.api = settings.kubernetes();
  }

  /** Takes the settings' file. */
  public static void main(String[] arguments) throws IOException {
    ExampleSettings settings = ExampleSettings.read(arguments);
    try (SshHost survivor = settings.host(settings.text("survivor"));
        SshHost fresh = settings.host(settings.text("new"))) {
      System.out.println(
          new RecoverKubeadm(settings, survivor, fresh)
              .recovery()
              .runbook("kubeadm: lost masters")
              .journal(settings.path("backups").resolve("journal"))
              .listener(ConsoleProgress.to(System.out))
              .build()
              .run()
              .orThrow());
    }
  }

  private LostMastersRecovery<RestoreResult> recovery() {
    return LostMastersRecovery.restoring(restorer())
        .survivors(settings.master(settings.text("survivor")))
        .lost(settings.lostMasters())
        .masters(settings.master(settings.text("new")))
        .order(RecoveryOrder.ONE_BY_ONE)
        .api(found -> ControlPlane.on(api).controllersAfter(time(found.restored())).build())
        .forgetting(found -> new LostNodes(api, List.of(settings.texts("lost"))))
        .growth(found -> expander())
        .approval(found -> approver(time(found.restored())))
        .after(RecoveryPart.APPROVAL, "wait for kubeadm", found -> joined())
        .nodes(found -> nodes(time(found.restored())))
        .build();
  }

  private QuorumRestorer restorer() {
    return QuorumRestorer.on(survivor)
        .etcd(settings.etcd())
        .fromSnapshot(settings.path("snapshot"))
        .member(settings.text("survivor"), settings.peer(settings.text("survivor")))
        .lost(settings.texts("lost"))
        .method(KubeadmStaticPods.ofHost().tools(settings.path("etcdutl")))
        .safetySnapshotsIn(settings.path("backups"))
        .build();
  }

  private MemberExpander expander() {
    String name = settings.text("new");
    return MemberExpander.on(settings.etcd())
        .add(name, settings.peer(name), fresh)
        .starter(KubeadmJoin.configuredBy(member -> secret(settings.path("join"))))
        .build();
  }

  private CsrApprover approver(Instant restoredAt) {
    String name = settings.text("new");
    return CsrApprover.on(api)
        .createdAfter(restoredAt)
        .lost(settings.texts("lost"))
        .expectNode(name, settings.address(name), name)
        .build();
  }

  private RecoveryStep<?> joined() {
    return KubeadmJoin.ended(settings.text("new"), fresh);
  }

  private ControlPlane nodes(Instant restoredAt) {
    return ControlPlane.on(api)
        .node(settings.text("survivor"))
        .node(settings.text("new"))
        .heartbeatAfter(restoredAt)
        .build();
  }

  private static Instant time(RestoreResult restored) {
    return restored.verifiedAt();
  }

  private static Secret secret(Path file) {
    try {
      return Secret.of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
