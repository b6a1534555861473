package io.clusterrecovery.etcd;

import io.clusterrecovery.testkit.LabHost;
import java.util.List;

/** A second voter that never comes: without it, the only one that runs is no majority. */
final class GhostVoter {
  private final EtcdLab lab;
  private final LabHost voter;
  private String id = "";
  private int added;

  GhostVoter(EtcdLab lab, LabHost voter) {
    this.lab = lab;
    this.voter = voter;
  }

  /** Adds it, under another address each time. */
  void add() throws Exception {
    String url = "--peer-urls=https://10.0.0.%d:2380".formatted(99 + added++);
    String told = lab.etcdctl(List.of(voter), "member", "add", "ghost", url);
    id = told.replaceAll("(?s)^Member +([0-9a-f]+) added.*", "$1");
  }

  /** {@return the settings, which call it lost if it was added} */
  QuorumRestorerBuilder lostIn(QuorumRestorerBuilder settings) {
    return id.isEmpty() ? settings : settings.lost(id);
  }
}
