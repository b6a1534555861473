package example;

import io.clusterrecovery.Master;
import io.clusterrecovery.aws.AwsClients;
import io.clusterrecovery.etcd.EtcdCluster;
import io.clusterrecovery.k8s.KubeAccess;
import io.clusterrecovery.ssh.SshHost;
import io.kubernetes.client.openapi.ApiClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The ways to the cluster, which Spring closes in the end. */
@Configuration
class Clients {
  @Bean
  SshHost survivor(ClusterSettings cluster) {
    return host(cluster, cluster.survivor());
  }

  @Bean
  SshHost fresh(ClusterSettings cluster) {
    return host(cluster, cluster.fresh());
  }

  @Bean
  EtcdCluster etcd(ClusterSettings cluster) {
    ClusterSettings.Etcd etcd = cluster.etcd();
    return EtcdCluster.at(etcd.endpoint()).tls(etcd.ca(), etcd.cert(), etcd.key()).build();
  }

  @Bean
  ApiClient api(ClusterSettings cluster) {
    return KubeAccess.kubeconfig(cluster.kubeconfig()).client();
  }

  @Bean
  AwsClients aws(ClusterSettings cluster) {
    AwsClients.Builder clients = AwsClients.fromEnvironment().region(cluster.aws().region());
    if (cluster.aws().endpoint() != null) {
      clients.endpoint(cluster.aws().endpoint());
    }
    return clients.build();
  }

  private static SshHost host(ClusterSettings cluster, Master master) {
    ClusterSettings.Ssh ssh = cluster.ssh();
    return SshHost.at(master.address())
        .user(ssh.user())
        .identity(ssh.identity())
        .knownHosts(ssh.knownHosts())
        .build();
  }
}
