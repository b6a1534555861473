package io.clusterrecovery.examples;

import io.clusterrecovery.etcd.EtcdCluster;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.EtcdAccess;
import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabHost;
import java.util.List;
import java.util.Map;

/** The lab's own command line tools, and the SDK's ways to its hosts, set up to talk to it. */
final class LabTools {
  private final Lab lab;

  LabTools(Lab lab) {
    this.lab = lab;
  }

  /** A host over SSH, as the lab lets one in; who asked for it closes it. */
  SshHost ssh(LabHost host) {
    return SshHost.at(host.address())
        .user("core")
        .identity(lab.sshKey())
        .knownHosts(lab.knownHosts())
        .build();
  }

  /** The etcd of a host, as the lab lets one in. */
  EtcdCluster etcd(LabHost host) {
    return EtcdCluster.at(lab.etcd().endpoint(host))
        .tls(lab.etcd().ca(), lab.etcd().cert(), lab.etcd().key())
        .build();
  }

  /** {@code etcdctl} talking to the etcd of the given hosts. */
  Tool etcdctl(List<LabHost> hosts) {
    EtcdAccess access = lab.etcd();
    String endpoints =
        String.join(",", hosts.stream().map(h -> access.endpoint(h).toString()).toList());
    return new Tool(
        lab.bin().resolve("etcdctl"),
        Map.of(
            "ETCDCTL_API", "3",
            "ETCDCTL_ENDPOINTS", endpoints,
            "ETCDCTL_CACERT", access.ca().toString(),
            "ETCDCTL_CERT", access.cert().toString(),
            "ETCDCTL_KEY", access.key().toString()));
  }

  /** {@code kubectl} as an administrator, through the balancer. */
  Tool kubectl() {
    return kubectl(Map.of("KUBECONFIG", lab.kubeconfig().toString()));
  }

  /** {@code kubectl} as an administrator, straight to one host. */
  Tool kubectl(LabHost host) {
    return kubectl(Map.of("KUBECONFIG", lab.kubeconfig(host).toString()));
  }

  private Tool kubectl(Map<String, String> environment) {
    return new Tool(lab.bin().resolve("kubectl"), environment);
  }
}
