package io.clusterrecovery.examples;

import io.clusterrecovery.Plan;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.aws.DnsUpdater;
import io.clusterrecovery.aws.LoadBalancerUpdater;
import io.clusterrecovery.etcd.EtcdCluster;
import io.clusterrecovery.etcd.MemberExpander;
import io.clusterrecovery.etcd.QuorumRestorer;
import io.clusterrecovery.etcd.RestoreResult;
import io.clusterrecovery.etcd.Snapshot;
import io.clusterrecovery.etcd.SystemdEtcd;
import io.clusterrecovery.k8s.CsrApprover;
import io.clusterrecovery.k8s.KubeAccess;
import io.clusterrecovery.ssh.SshHost;
import io.kubernetes.client.openapi.ApiClient;
import java.net.URI;
import java.nio.file.Path;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;

/** The README's taste of the API: compiled here, compared by {@link ReadmeTest}. */
@SuppressWarnings("unused")
final class ReadmeSnippet {
  private ReadmeSnippet() {}

  @SuppressWarnings({"CheckReturnValue", "resource"})
  static void taste(
      Path key,
      Path file,
      Path ca,
      Path cert,
      Path certKey,
      Route53Client route53,
      ElasticLoadBalancingV2Client elb,
      String arn,
      RemoteHost newHost) {
    // README
    SshHost survivor =
        SshHost.at("10.0.143.125").user("core").identity(key).knownHosts(file).build();
    EtcdCluster etcd =
        EtcdCluster.at(URI.create("https://10.0.143.125:2379")).tls(ca, cert, certKey).build();

    Snapshot.inspect(Path.of("snapshot.db")).rehearse(survivor); // any day before: does it serve?

    QuorumRestorer restorer =
        QuorumRestorer.on(survivor)
            .etcd(etcd) // the survivor's own etcd
            .fromSnapshot(Path.of("snapshot.db"))
            .member("master-0", URI.create("https://etcd-0.example.com:2380"))
            .lost("master-1", "master-2") // vouched for, by name
            .method(
                SystemdEtcd.unit("etcd").restarting("kube-apiserver", "kube-controller-manager"))
            .build(); // checks settings, no I/O
    Plan plan = restorer.plan(); // reads the world, changes nothing
    RestoreResult restored = restorer.restore(plan); // acts and verifies; safe to run again

    ApiClient api = KubeAccess.standard().client(); // the API that kubectl would use
    CsrApprover.on(api)
        .expectNode("master-3", "10.0.1.13")
        .createdAfter(restored.verifiedAt())
        .build()
        .approve();
    DnsUpdater.on(route53).zone("Z123").record("etcd-1", "10.0.1.13").build().update();
    LoadBalancerUpdater.on(elb)
        .targetGroup(arn)
        .targets("10.0.143.125", "10.0.1.13")
        .leaving("10.0.156.255")
        .build()
        .update();
    MemberExpander.on(etcd)
        .add("master-3", URI.create("https://etcd-1.example.com:2380"), newHost)
        .build()
        .expand();
    // README
  }
}
