package io.clusterrecovery.ssh;

import io.clusterrecovery.Code;
import io.clusterrecovery.RecoveryException;

/** Tells failures that pass when a host, or the one through which it is reached, is back. */
final class Away {
  private Away() {}

  /** {@return whether there was no way to the host} */
  static boolean unreached(RecoveryException e) {
    return e.code() == Code.HOST_UNREACHABLE || e.code() == Code.JUMP_HOST_UNREACHABLE;
  }

  /** {@return whether there was no way to the host, or it was lost on the way} */
  static boolean is(RecoveryException e) {
    return e.code() == Code.CONNECTION_LOST || unreached(e);
  }
}
