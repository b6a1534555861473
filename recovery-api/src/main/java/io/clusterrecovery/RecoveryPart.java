package io.clusterrecovery;

/** The parts of a {@link LostMastersRecovery}; their {@link #title()}s are its steps' names. */
public enum RecoveryPart {
  /** Quorum is restored on the survivor; preflight and safety snapshot come before. */
  RESTORE("restore quorum"),
  /** The API serves again, and its controllers work. */
  API("wait for the API"),
  /** What stands for lost masters and would mislead the new ones goes. */
  FORGETTING("forget lost masters"),
  /** New hosts are there. */
  MASTERS("get new masters"),
  /** What their kubelets ask for is approved. */
  APPROVAL("approve certificate requests"),
  /** Their nodes are ready. */
  NODES("wait for the nodes"),
  /** Names lead to them. */
  DNS("correct DNS"),
  /** The load balancer sends to them, and no longer to lost ones. */
  BALANCER("correct the load balancer"),
  /** etcd is a full cluster again. */
  GROWTH("grow etcd"),
  /** Operators roll out what depends on the members of etcd. */
  OPERATORS("redeploy operators"),
  /** What the restore left behind goes, and the whole is checked. */
  CLEANING("clean the cluster"),
  /** A fresh snapshot of the recovered etcd is kept. */
  BACKUP("take a fresh backup");

  private final String title;

  RecoveryPart(String title) {
    this.title = title;
  }

  /** {@return the name of the step} */
  public String title() {
    return title;
  }
}
