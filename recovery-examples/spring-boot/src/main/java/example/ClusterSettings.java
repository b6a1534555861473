package example;

import io.clusterrecovery.Master;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** What the service has to know of the cluster, below {@code cluster} in its configuration. */
@ConfigurationProperties("cluster")
public record ClusterSettings(
    Master survivor,
    URI peerUrl,
    List<Master> lost,
    Master fresh,
    URI freshPeerUrl,
    Ssh ssh,
    Etcd etcd,
    Path kubeconfig,
    Aws aws,
    Path snapshot,
    Path journals) {

  /** How its hosts are reached. */
  public record Ssh(String user, Path identity, Path knownHosts) {}

  /** How the survivor's etcd is reached. */
  public record Etcd(URI endpoint, Path ca, Path cert, Path key) {}

  /** What stands in AWS; the endpoint only where it is not AWS's own. */
  public record Aws(URI endpoint, String region, String zone, List<String> names, String group) {}
}
