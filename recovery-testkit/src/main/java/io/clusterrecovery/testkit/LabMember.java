package io.clusterrecovery.testkit;

/** One of the members an etcd cluster is founded with. */
record LabMember(String name, String address, int slot) {
  String peerUrl() {
    return "https://" + EtcdSeed.memberName(slot) + ":2380";
  }
}
