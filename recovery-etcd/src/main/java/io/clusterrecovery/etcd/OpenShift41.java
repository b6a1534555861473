package io.clusterrecovery.etcd;

/** etcd as OpenShift 4.1 runs it: a static pod, and scripts that the release brings along. */
public final class OpenShift41 {
  /** Where its scripts are run; they keep what they make below that. */
  static final String HOME = "/home/core";

  private OpenShift41() {}

  /**
   * {@return the way to restore etcd by {@code etcd-snapshot-restore.sh} of the surviving master}
   */
  public static OpenShift41Scripts scripts() {
    return OpenShift41Scripts.usual();
  }

  /**
   * {@return starts etcd on a new master by the release's {@code etcd-member-recover.sh}}
   *
   * <ol>
   *   <li>Moves old data of etcd on the new master aside, and takes out of {@code
   *       /etc/etcd/etcd.conf} what earlier runs of the script have appended.
   *   <li>Sees that the new master reaches the signer and etcd on the survivor; without, the script
   *       would wait without end.
   *   <li>Finds the proxy of each new master: as given, else as the cluster says, else as the
   *       kubelet there has it; members of etcd and the survivor are excepted from it. Refuses a
   *       master that cannot download etcd's tools by it, as the script would go on without.
   *   <li>Runs the script on its own from {@code /home/core}, with proxy and images of the release
   *       exported, and follows it. The script deletes what certificates and data etcd has there,
   *       has new certificates signed, adds the member as a voter, and starts etcd.
   *   <li>Takes the result from the member list, where id, name, peer URL and client URL of the new
   *       row have to belong together.
   *   <li>A member that was added and does not start is removed by its id at once. The second of
   *       two voters cannot be removed without itself, so its etcd is started again, twice; after
   *       that only a new restore on the survivor helps.
   * </ol>
   *
   * <p>To be used within {@link EtcdSigner#during}. Immutable and thread-safe.
   *
   * @param signer whom the script asks for certificates
   */
  public static OpenShift41MemberRecover memberRecover(EtcdSigner signer) {
    return OpenShift41MemberRecover.by(signer);
  }
}
