package io.clusterrecovery.examples;

import io.clusterrecovery.etcd.Snapshot;
import io.clusterrecovery.k8s.KubeAccess;
import io.clusterrecovery.ssh.SshHost;
import io.kubernetes.client.openapi.ApiClient;
import java.nio.file.Path;

/** What {@code bin/shell} offers by short names; each is one call of the SDK or of its clients. */
public final class ShellHelp {
  private static final String HELP =
      """
      Look first; none of these changes anything:
        inspect("snapshot.db")       is that snapshot whole, of which cluster, how old, what is in it
        host("10.0.1.5")             a host, as ~/.ssh/config and known_hosts know it
        kube(), kube("context")      the Kubernetes API, as the kubeconfig says
        Preflight.of(host("a"), host("b")).build().check()
                                     clocks, room, tools and certificates of hosts
      Then plan, read the plan, and act on it:
        QuorumRestorer.on(host)...   etcd's quorum, from a snapshot, on a host that survived
        ControlPlane.on(kube())...   waits until API, controllers and nodes are there
        CsrApprover.on(kube())...    certificates of new masters
        DnsUpdater.on(route53)...    LoadBalancerUpdater.on(elb)...
        MemberExpander.on(etcd)...   etcd back to full membership
        ClusterCleaner.on(kube())... what the restore left behind
      Each has build(), then plan(), which changes nothing, then its verb. Several of them, with one
      deadline, a journal and resume(): Runbook.named("...").
      Tab completes; twice Tab shows documentation. /exit ends. help() shows this again.
      """;

  private ShellHelp() {}

  /** Prints what can be done here. */
  @SuppressWarnings("SystemOut") // a prompt is read where it is printed
  public static void help() {
    System.out.print(HELP);
  }

  /** {@return the host of that name, as OpenSSH's configuration describes it} */
  public static SshHost host(String name) {
    return SshHost.fromConfig(name).build();
  }

  /** {@return the Kubernetes API that kubectl would use, or of the pod this runs in} */
  public static ApiClient kube() {
    return KubeAccess.standard().client();
  }

  /** {@return the Kubernetes API of that context of the kubeconfig} */
  public static ApiClient kube(String context) {
    return KubeAccess.standard().context(context).client();
  }

  /** {@return what is in that snapshot of etcd} It is read whole, and not changed. */
  public static Snapshot inspect(String file) {
    return Snapshot.inspect(Path.of(file));
  }
}
