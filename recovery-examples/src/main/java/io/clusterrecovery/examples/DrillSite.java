package io.clusterrecovery.examples;

import io.clusterrecovery.Master;
import io.clusterrecovery.Provisioner;
import io.clusterrecovery.etcd.EtcdCluster;
import io.clusterrecovery.ssh.SshHost;
import java.net.URI;
import java.nio.file.Path;

/**
 * What a recovery is told of a drill's lab, and may ask of whoever provides its hosts: all that it
 * needs, so that it can run in another process than the lab.
 */
interface DrillSite extends Provisioner {

  /**
   * What does not change.
   *
   * @param aws where the simulated AWS answers
   * @param kubeconfig an administrator's, whose server is the survivor
   * @param bin a folder with etcd's tools
   * @param snapshot what is restored from
   */
  record Facts(
      String lab,
      String zone,
      String zoneId,
      URI aws,
      String internalTargetGroup,
      String externalTargetGroup,
      Path sshKey,
      Path knownHosts,
      Path etcdCa,
      Path etcdCert,
      Path etcdKey,
      Path kubeconfig,
      Path bin,
      Path snapshot) {}

  Facts facts();

  /** {@return what kubeadm joins that host with} Token and certificate key are made anew. */
  String joinConfiguration(String name);

  default Master host(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("there is no host " + name));
  }

  default Master survivor() {
    return host(DrillLab.SURVIVOR);
  }

  /** {@return the host over SSH; who asked for it closes it} */
  default SshHost ssh(Master host) {
    return SshHost.at(host.address())
        .user("core")
        .identity(facts().sshKey())
        .knownHosts(facts().knownHosts())
        .build();
  }

  /** {@return the survivor's etcd} */
  default EtcdCluster etcd() {
    return EtcdCluster.at(URI.create("https://" + survivor().address() + ":2379"))
        .tls(facts().etcdCa(), facts().etcdCert(), facts().etcdKey())
        .build();
  }
}
