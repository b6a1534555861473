package io.clusterrecovery.examples;

import io.clusterrecovery.Master;
import io.clusterrecovery.aws.AwsClients;
import io.clusterrecovery.etcd.EtcdCluster;
import io.clusterrecovery.k8s.KubeAccess;
import io.clusterrecovery.ssh.SshHost;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What the runnable examples of this package are told, by a properties file that is the one
 * argument of each. Who copies an example puts values of their own in the place of its settings.
 *
 * <pre>
 * survivor=master-0                               the master that is left, and its hosts' names
 * lost=master-1,master-2
 * new=master-3
 * address.master-0=10.0.143.125                   of each host that is named
 * peer.master-0=https://etcd-0.example.com:2380   the peer URL of each member that is named
 * record.master-3=etcd-1                          the DNS record that shall lead to it
 *
 * user=core                                       to log in by SSH
 * identity=/home/me/.ssh/id_ed25519
 * known_hosts=/home/me/.ssh/known_hosts
 *
 * etcd.ca=/etc/etcd/ca.crt                        to talk to etcd
 * etcd.cert=/etc/etcd/client.crt
 * etcd.key=/etc/etcd/client.key
 * snapshot=/backup/snapshot.db
 * backups=/backup                                 where snapshots are kept
 *
 * kubeconfig=/home/me/.kube/config                to talk to Kubernetes
 * kubeconfig.on.host=/etc/kubernetes/kubeconfig  with OpenShift 4.1: one for oc, on the survivor
 * restored.at=2026-11-23T01:00:00Z                printed by the restore
 *
 * zone=Z123                                       in AWS
 * dns.patience=PT5M                               how long old answers are waited for at most
 * target.group=arn:aws:elasticloadbalancing:…
 * aws.endpoint=http://127.0.0.1:5000              only where it is not AWS that answers
 *
 * etcdutl=/usr/local/bin/etcdutl                  with kubeadm: brought to the host to restore by
 * join=/root/join.yaml                            with kubeadm: JoinConfiguration of the new master
 * </pre>
 */
final class ExampleSettings {
  private final Properties properties;

  private ExampleSettings(Properties properties) {
    this.properties = properties;
  }

  /** {@return what is in the file that the one argument names} */
  static ExampleSettings read(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("give one argument: a properties file");
    }
    Properties properties = new Properties();
    try (Reader file = Files.newBufferedReader(Path.of(arguments[0]))) {
      properties.load(file);
    }
    return new ExampleSettings(properties);
  }

  String text(String key) {
    String value = properties.getProperty(key);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("the properties file has no " + key);
    }
    return value.strip();
  }

  String[] texts(String key) {
    return text(key).split(" *, *", -1);
  }

  Path path(String key) {
    return Path.of(text(key));
  }

  /** {@return the address of a host that has this name} */
  String address(String name) {
    return text("address." + name);
  }

  Master master(String name) {
    return new Master(name, address(name));
  }

  Master[] lostMasters() {
    return Stream.of(texts("lost")).map(this::master).toArray(Master[]::new);
  }

  /** {@return the peer URL of the member that has this name} */
  URI peer(String name) {
    return URI.create(text("peer." + name));
  }

  /** {@return that host over SSH; who asked for it closes it} */
  SshHost host(String name) {
    return SshHost.at(address(name))
        .user(text("user"))
        .identity(path("identity"))
        .knownHosts(path("known_hosts"))
        .build();
  }

  /** {@return the survivor's etcd} */
  EtcdCluster etcd() {
    return EtcdCluster.at(URI.create("https://" + address(text("survivor")) + ":2379"))
        .tls(path("etcd.ca"), path("etcd.cert"), path("etcd.key"))
        .build();
  }

  ApiClient kubernetes() {
    return KubeAccess.kubeconfig(path("kubeconfig")).client();
  }

  /** {@return clients of AWS by the environment's credentials; who asked for them closes them} */
  AwsClients aws() {
    AwsClients.Builder clients = AwsClients.fromEnvironment();
    if (properties.containsKey("aws.endpoint")) {
      clients.endpoint(URI.create(text("aws.endpoint"))).region("us-east-1");
    }
    return clients.build();
  }
}
