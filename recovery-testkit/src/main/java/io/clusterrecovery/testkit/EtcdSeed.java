package io.clusterrecovery.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sets a control-plane host up for etcd under systemd. */
final class EtcdSeed {
  static final String ZONE = "lab.test";
  private static final String FOLDER = "/etc/etcd/";
  private static final int SLOTS = 5;

  private EtcdSeed() {}

  /** The name in the zone by which the member of that slot is known to others. */
  static String memberName(int slot) {
    return "etcd-" + slot + "." + ZONE;
  }

  /**
   * Writes certificates, unit and settings; the host's part in a cluster is left to whoever starts
   * it.
   */
  static void write(HostSeed seed, LabPki pki, String name, String address) {
    List<String> names = new ArrayList<>(List.of(name, "localhost", "127.0.0.1", address));
    IntStream.range(0, SLOTS).mapToObj(EtcdSeed::memberName).forEach(names::add);
    seed.file(FOLDER + "pki/ca.crt", pki.etcd().certificate());
    for (String role : List.of("server", "peer")) {
      KeyAndCertificate own = pki.etcd().issue(name, List.of(), names);
      seed.file(FOLDER + "pki/" + role + ".crt", own.certificate());
      seed.secret(FOLDER + "pki/" + role + ".key", own.key());
    }
    seed.file("/etc/systemd/system/etcd.service", HostSeed.resource("host/etcd.service"));
    seed.file(FOLDER + "etcd.env", settings(name, address));
  }

  /** Adds what makes the host one of the first members of a new cluster. */
  static void founding(HostSeed seed, List<LabMember> members, LabMember own) {
    String cluster =
        members.stream()
            .map(member -> member.name() + "=" + member.peerUrl())
            .collect(Collectors.joining(","));
    seed.file(
        FOLDER + "etcd.env",
        settings(own.name(), own.address())
            + """
            ETCD_INITIAL_ADVERTISE_PEER_URLS=%s
            ETCD_INITIAL_CLUSTER=%s
            ETCD_INITIAL_CLUSTER_STATE=new
            ETCD_INITIAL_CLUSTER_TOKEN=lab
            """
                .formatted(own.peerUrl(), cluster));
  }

  private static String settings(String name, String address) {
    return """
        ETCD_NAME=@NAME@
        ETCD_DATA_DIR=/var/lib/etcd
        ETCD_LISTEN_PEER_URLS=https://@ADDRESS@:2380
        ETCD_LISTEN_CLIENT_URLS=https://@ADDRESS@:2379,https://127.0.0.1:2379
        ETCD_ADVERTISE_CLIENT_URLS=https://@ADDRESS@:2379
        ETCD_CERT_FILE=/etc/etcd/pki/server.crt
        ETCD_KEY_FILE=/etc/etcd/pki/server.key
        ETCD_CLIENT_CERT_AUTH=true
        ETCD_TRUSTED_CA_FILE=/etc/etcd/pki/ca.crt
        ETCD_PEER_CERT_FILE=/etc/etcd/pki/peer.crt
        ETCD_PEER_KEY_FILE=/etc/etcd/pki/peer.key
        ETCD_PEER_CLIENT_CERT_AUTH=true
        ETCD_PEER_TRUSTED_CA_FILE=/etc/etcd/pki/ca.crt
        """
        .replace("@NAME@", name)
        .replace("@ADDRESS@", address);
  }
}
