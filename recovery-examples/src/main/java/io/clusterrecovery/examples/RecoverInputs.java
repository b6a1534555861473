package io.clusterrecovery.examples;

import io.clusterrecovery.Master;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What whoever recovers a control plane is told, in the words of {@code recover-by-hand.sh}.
 *
 * @param survivor the master that is left
 * @param lost those that are gone
 * @param masters the new ones, which are there
 * @param backups where snapshots are kept
 */
record RecoverInputs(
    Master survivor,
    List<Master> lost,
    List<Master> masters,
    Path snapshot,
    Path backups,
    Path sshKey,
    Path knownHosts,
    List<Path> etcd,
    Path kubeconfig,
    URI aws,
    String zone,
    String zoneId,
    List<String> targetGroups) {

  /** {@return what these variables say} */
  static RecoverInputs of(Map<String, String> variables) {
    Words words = new Words(variables);
    return new RecoverInputs(
        words.masters("LAB_SURVIVOR").get(0),
        words.masters("LAB_LOST"),
        words.masters("LAB_NEW"),
        words.path("LAB_SNAPSHOT"),
        words.path("LAB_BACKUPS"),
        words.path("LAB_SSH_KEY"),
        words.path("LAB_KNOWN_HOSTS"),
        List.of(
            words.path("ETCDCTL_CACERT"), words.path("ETCDCTL_CERT"), words.path("ETCDCTL_KEY")),
        words.path("KUBECONFIG"),
        URI.create(words.text("AWS_ENDPOINT_URL")),
        words.text("LAB_ZONE"),
        words.text("LAB_ZONE_ID"),
        List.of(words.text("LAB_TG_INTERNAL_ARN"), words.text("LAB_TG_EXTERNAL_ARN")));
  }

  /** {@return the peer URL of a master by its index in the zone} */
  URI peerUrl(int index) {
    return URI.create("https://etcd-%d.%s:2380".formatted(index, zone));
  }

  /** {@return the client URL of the survivor's etcd} */
  URI endpoint() {
    return URI.create("https://" + survivor.address() + ":2379");
  }

  private record Words(Map<String, String> variables) {
    String text(String name) {
      String value = variables.get(name);
      if (value == null) {
        throw new IllegalArgumentException(name + " is not set");
      }
      return value;
    }

    Path path(String name) {
      return Path.of(text(name));
    }

    /** Words of the form name=address. */
    List<Master> masters(String name) {
      return Arrays.stream(text(name).split(" "))
          .map(word -> word.split("=", 2))
          .map(pair -> new Master(pair[0], pair[1]))
          .toList();
    }
  }
}
