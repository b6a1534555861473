package io.clusterrecovery;

/**
 * The stable name of a reason to refuse or to fail: automation may branch on it, and it is never
 * renamed once released.
 */
public enum Code {
  /** etcd still has quorum, so the cluster must not be restored over. */
  QUORUM_IS_THERE,
  /**
   * A majority of voters was not proven lost: some could not be asked and nobody vouched for them.
   */
  QUORUM_UNKNOWN,
  /** A member called lost shows a sign of life. */
  LOST_MEMBER_ALIVE,
  /** A name was given that is no member of the cluster. */
  MEMBER_UNKNOWN,
  /** The member on the surviving host is not the one that was named. */
  MEMBER_MISMATCH,
  /** The snapshot file does not exist or cannot be read. */
  SNAPSHOT_UNREADABLE,
  /** The snapshot file is empty or ends too early. */
  SNAPSHOT_TRUNCATED,
  /** The snapshot's checksum does not match its content. */
  SNAPSHOT_CORRUPT,
  /** The file is no etcd snapshot. */
  SNAPSHOT_NOT_ETCD,
  /** The file has no checksum trailer, as a copied database file has none. */
  SNAPSHOT_WITHOUT_CHECKSUM,
  /** The snapshot file was changed while it was read. */
  SNAPSHOT_CHANGED,
  /** The snapshot was taken from another cluster. */
  SNAPSHOT_OF_OTHER_CLUSTER,
  /** The snapshot is older than what was accepted. */
  SNAPSHOT_TOO_OLD,
  /** The snapshot's objects are encrypted with a key that is not at hand. */
  ENCRYPTION_KEY_MISSING,
  /** The KMS plugin that is needed to decrypt the snapshot's objects is not there. */
  KMS_SILENT,
  /** Nothing on the host shows the change that was to be rolled back. */
  NOTHING_TO_ROLL_BACK,
  /** A rollback would lose what others have done since. */
  ROLLBACK_WOULD_LOSE,
  /** The host does not answer. */
  HOST_UNREACHABLE,
  /** A host through which another is reached does not answer. */
  JUMP_HOST_UNREACHABLE,
  /** The host's key is not known. */
  HOST_KEY_UNKNOWN,
  /** The host shows another key than the known one. */
  HOST_KEY_CHANGED,
  /** The host shows a key that is marked as not to be trusted. */
  HOST_KEY_REVOKED,
  /** The host's certificate is not for it, not valid now, or not of a known authority. */
  HOST_CERTIFICATE_REJECTED,
  /** The host does not accept the user or the key. */
  HOST_ACCESS_DENIED,
  /** The connection broke while something was under way on the host. */
  CONNECTION_LOST,
  /** The host does not connect a tunnel to its target. */
  TUNNEL_REFUSED,
  /** A command on the host ended with a failure. */
  COMMAND_FAILED,
  /** A program or flag that is needed is not on the host. */
  TOOL_MISSING,
  /** A host cannot download what it needs. */
  DOWNLOAD_UNREACHABLE,
  /** There is not enough room on the host. */
  DISK_FULL,
  /** A place that must be written to cannot be written to. */
  READ_ONLY,
  /** The clocks of hosts are too far apart. */
  CLOCK_SKEW,
  /** A certificate has expired, or is not good yet. */
  CERTIFICATE_EXPIRED,
  /** A file arrived on the other side with other content. */
  DIGEST_MISMATCH,
  /** A file does not exist, is no regular file, or cannot be read. */
  FILE_UNREADABLE,
  /** A file is there already, or cannot be written. */
  FILE_UNWRITABLE,
  /** A detached command still runs. */
  STILL_RUNNING,
  /** A name does not resolve, or resolves wrongly, where it is needed. */
  NAME_RESOLUTION,
  /** etcd is configured in a way that the chosen method cannot handle. */
  ETCD_CONFIG_UNSUPPORTED,
  /** etcd does not answer. */
  ETCD_UNREACHABLE,
  /** etcd refuses the client. */
  ETCD_ACCESS_DENIED,
  /** A member of the cluster is unhealthy or not started, so membership must not change. */
  MEMBERSHIP_UNHEALTHY,
  /** A new member makes no progress. */
  LEARNER_STALLED,
  /** The host to be added already holds data or is already a member. */
  MEMBER_ALREADY_THERE,
  /** Something signs etcd's certificates that this SDK has not started. */
  SIGNER_NOT_OURS,
  /** The cluster does not look, after a change, as it should. */
  VERIFICATION_FAILED,
  /** The Kubernetes API does not answer. */
  API_UNREACHABLE,
  /** The Kubernetes API refuses the client. */
  API_ACCESS_DENIED,
  /** The kubeconfig has no context of that name, or it is not complete. */
  CONTEXT_UNKNOWN,
  /**
   * Several certificate requests of one node have different keys, so which one is its kubelet's is
   * not known.
   */
  CSR_AMBIGUOUS,
  /** Somebody else changed the same object or record meanwhile. */
  CONCURRENT_CHANGE,
  /** The hosted zone does not exist. */
  ZONE_UNKNOWN,
  /** More than one hosted zone fits the name, kind and VPC that were given. */
  ZONE_AMBIGUOUS,
  /** A record is of a kind that is not touched unless it is named. */
  RECORD_UNSUPPORTED,
  /** A record is somebody else's, or may be, and nobody named it. */
  RECORD_NOT_NAMED,
  /** The load balancer does not exist, or does not listen on that port. */
  LOAD_BALANCER_UNKNOWN,
  /** The target group does not exist. */
  TARGET_GROUP_UNKNOWN,
  /** The target group is of a kind that is not handled. */
  TARGET_GROUP_UNSUPPORTED,
  /** A new target is one that the load balancer does not take. */
  TARGET_INVALID,
  /** A new target does not become healthy. */
  TARGET_UNHEALTHY,
  /** Going on would leave a target group with fewer healthy targets than its floor. */
  LAST_HEALTHY_TARGET,
  /** A target that serves, or may serve, would be deregistered, and nobody named it. */
  TARGET_NOT_NAMED,
  /** The cloud's API does not answer, or fails. */
  CLOUD_UNREACHABLE,
  /** The cloud's API refuses the client. */
  CLOUD_ACCESS_DENIED,
  /** The credentials for the cloud's API have expired. */
  CLOUD_CREDENTIALS_EXPIRED,
  /** The cloud's API takes no more calls for now, or is at work on an earlier change. */
  CLOUD_BUSY,
  /** The world no longer matches the plan that was accepted. */
  PLAN_DRIFTED,
  /** A step would change something outside of the scope that it declared. */
  OUT_OF_SCOPE,
  /** A change was not confirmed by whoever was asked before it. */
  NOT_CONFIRMED,
  /** Another operator's run holds the lock of a host. */
  HOST_LOCKED,
  /** The journal is in use by another process. */
  JOURNAL_LOCKED,
  /** The journal cannot be read, or belongs to another runbook. */
  JOURNAL_UNUSABLE,
  /** A wait reached its limit. */
  WAIT_TIMED_OUT,
  /** The thread was interrupted, and stopped at the next safe point. */
  INTERRUPTED,
  /** A step of the caller's own refused. */
  STEP_REFUSED,
  /** Something failed that has no code of its own; the cause says what. */
  UNEXPECTED
}
