package io.clusterrecovery.etcd;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The text of {@code /etc/etcd/etcd.conf}, to which each run of the recovery script appends. */
final class EtcdConf {
  static final String MARK = "#[recover]";

  private static final Pattern APPENDED = Pattern.compile("ETCD_(NAME|INITIAL_[A-Z_]+)=.*");

  private EtcdConf() {}

  static boolean hasBlock(String conf) {
    return conf.lines().anyMatch(EtcdConf::isMark);
  }

  /** The text without what recoveries have appended; lines that others wrote behind it stay. */
  static String withoutBlocks(String conf) {
    List<String> kept = new ArrayList<>();
    boolean inBlock = false;
    for (String line : conf.lines().toList()) {
      if (isMark(line)) {
        inBlock = true;
        while (!kept.isEmpty() && kept.get(kept.size() - 1).isBlank()) {
          kept.remove(kept.size() - 1);
        }
      } else if (!inBlock || !APPENDED.matcher(line.strip()).matches()) {
        inBlock = false;
        kept.add(line);
      }
    }
    return kept.isEmpty() ? "" : String.join("\n", kept) + "\n";
  }

  /** The text with the one block that a new member needs for its first start. */
  static String withBlock(String conf, String name, String peerUrl, List<String> initialCluster) {
    return withoutBlocks(conf)
        + """


        %s
        ETCD_NAME="%s"
        ETCD_INITIAL_CLUSTER="%s"
        ETCD_INITIAL_ADVERTISE_PEER_URLS="%s"
        ETCD_INITIAL_CLUSTER_STATE="existing"
        """
            .formatted(MARK, name, String.join(",", initialCluster), peerUrl);
  }

  private static boolean isMark(String line) {
    return line.strip().equals(MARK);
  }
}
