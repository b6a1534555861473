package io.clusterrecovery.examples;

import io.clusterrecovery.ConsoleProgress;
import io.clusterrecovery.LostMastersRecovery;
import io.clusterrecovery.Recovered;
import io.clusterrecovery.RecoveryPart;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.aws.AwsClients;
import io.clusterrecovery.aws.DnsUpdater;
import io.clusterrecovery.etcd.EtcdSigner;
import io.clusterrecovery.etcd.MemberExpander;
import io.clusterrecovery.etcd.OpenShift41;
import io.clusterrecovery.etcd.QuorumRestorer;
import io.clusterrecovery.etcd.RestoreResult;
import io.clusterrecovery.k8s.ControlPlane;
import io.clusterrecovery.k8s.CsrApprover;
import io.clusterrecovery.k8s.KubeClusterProxy;
import io.clusterrecovery.k8s.KubeSignerPods;
import io.clusterrecovery.ssh.SshHost;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * The whole recovery of a cluster of OpenShift 4.1, by the release's own scripts, in the order of
 * its documentation: quorum restored on the master that is left, the certificate requests of one
 * new master approved, the record of its etcd corrected, and etcd grown by it, with a signer that
 * is there as long as that takes.
 *
 * <p>Settings: {@code survivor}, {@code lost}, {@code new} with their addresses and peer URLs,
 * survivor and new master with a record each, {@code snapshot}, {@code backups}, {@code zone},
 * {@code kubeconfig} of the survivor's own API server, {@code kubeconfig.on.host}, and those of SSH
 * and etcd; see {@link ExampleSettings}. Members are called {@code etcd-member-NAME}, as the
 * release calls them.
 */
public final class RecoverOpenShift41 {
  private final ExampleSettings settings;
  private final SshHost survivor;
  private final SshHost fresh;
  private final AwsClients aws;
  private final ApiClient api;

  private RecoverOpenShift41(
      ExampleSettings settings, SshHost survivor, SshHost fresh, AwsClients aws) {
    this.settings = settings;
    this.survivor = survivor;
    this.fresh = fresh;
    this.aws = aws;
    this.api = settings.kubernetes();
  }

  /** Takes the settings' file. */
  public static void main(String[] arguments) throws IOException {
    ExampleSettings settings = ExampleSettings.read(arguments);
    try (SshHost survivor = settings.host(settings.text("survivor"));
        SshHost fresh = settings.host(settings.text("new"));
        AwsClients aws = settings.aws()) {
      System.out.println(
          new RecoverOpenShift41(settings, survivor, fresh, aws)
              .recovery()
              .runbook("OpenShift 4.1: lost masters")
              .journal(settings.path("backups").resolve("journal"))
              .listener(ConsoleProgress.to(System.out))
              .build()
              .run()
              .orThrow());
    }
  }

  private LostMastersRecovery<RestoreResult> recovery() {
    String left = settings.text("survivor");
    String name = settings.text("new");
    return LostMastersRecovery.restoring(restorer(left))
        .survivors(settings.master(left))
        .lost(settings.lostMasters())
        .masters(settings.master(name))
        .api(found -> ControlPlane.on(api).controllersAfter(found.restored().verifiedAt()).build())
        .approval(found -> approver(name, found))
        .dns(
            DnsUpdater.on(aws.route53())
                .zone(settings.text("zone"))
                .oldTtlLimit(Duration.parse(settings.text("dns.patience")))
                .asPort(),
            settings.text("record." + left),
            settings.text("record." + name))
        .after(RecoveryPart.GROWTH, "grow etcd with a signer", found -> growth(left, name))
        .build();
  }

  private QuorumRestorer restorer(String left) {
    return QuorumRestorer.on(survivor)
        .etcd(settings.etcd())
        .fromSnapshot(settings.path("snapshot"))
        .member(member(left), settings.peer(left))
        .lost(
            Stream.of(settings.texts("lost"))
                .map(RecoverOpenShift41::member)
                .toArray(String[]::new))
        .method(OpenShift41.scripts().proxyFrom(KubeClusterProxy.on(api)))
        .safetySnapshotsIn(settings.path("backups"))
        .build();
  }

  private CsrApprover approver(String name, Recovered<RestoreResult> found) {
    return CsrApprover.on(api)
        .createdAfter(found.restored().verifiedAt())
        .lost(settings.texts("lost"))
        .expectNode(name, settings.address(name), name)
        .build();
  }

  private RecoveryStep<?> growth(String left, String name) {
    EtcdSigner signer =
        EtcdSigner.on(survivor, KubeSignerPods.on(api))
            .hostname(left)
            .kubeconfig(settings.text("kubeconfig.on.host"))
            .build();
    return signer.during(
        MemberExpander.on(settings.etcd())
            .hostOf(member(left), survivor)
            .starter(OpenShift41.memberRecover(signer).proxyFrom(KubeClusterProxy.on(api)))
            .add(member(name), settings.peer(name), fresh)
            .build());
  }

  private static String member(String name) {
    return "etcd-member-" + name;
  }
}
